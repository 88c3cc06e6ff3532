"""`python -m bpocalc` is `bpocalc`."""

from bpocalc.cli import main

if __name__ == "__main__":
    main()
