"""The sandbox' storyboard rules."""
