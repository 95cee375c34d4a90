"""The composition root of the browser app: what is built once a server, and how it is reached."""
