"""What pages draw with: components of our own, charts and error boxes."""
