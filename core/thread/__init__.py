"""What a set of posts is: who answers whom, the tree and its folds, duplicates, attribution, history, completeness."""
