"""The computations of subpart D on plain values."""
