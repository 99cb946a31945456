"""The models that ship: files and word lists, the registry that describes each, and the runtime."""
