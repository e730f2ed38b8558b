"""The partner finder: facts about organisations, the score of a pair, and the ranked shortlist."""
