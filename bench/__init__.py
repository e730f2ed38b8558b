"""Benchmarks, each runnable by one command, printing ratios. The app imports none of them."""
