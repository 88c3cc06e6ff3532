"""What does it cost to run a business function in-house, and what to outsource it?"""

__version__ = "0.1.0"
