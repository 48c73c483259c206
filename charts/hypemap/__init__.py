"""The hype map: attention beside capability, technology by technology."""
