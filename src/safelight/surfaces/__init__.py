"""What people and programs touch: command line, web app, `/api`. Thin: parse, call `app`, show."""
