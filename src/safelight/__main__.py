"""`python -m safelight`."""

from safelight.surfaces.cli import main

if __name__ == "__main__":
    main()
