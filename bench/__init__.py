"""Benchmarks: what a cycle of the whole Department costs against one SQL statement a step."""
