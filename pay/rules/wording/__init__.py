"""What each rule did, in words and figures; words may improve, a rule's version may not."""
