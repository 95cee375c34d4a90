"""The pages: thin views that read a widget, call the Project, and draw."""
