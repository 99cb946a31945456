"""What is worked out from single photos; imports only `safelight.model`."""
