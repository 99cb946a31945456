"""The web app: server-rendered pages over the facade, for the browser on the same machine."""
