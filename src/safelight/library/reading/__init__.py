"""Reading files: formats, metadata, capture time, previews; everything as `bytes -> bytes`."""
