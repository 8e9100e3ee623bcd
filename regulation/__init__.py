"""Citations, the requirement index, pay periods, day counts, money and refusals. No models."""
