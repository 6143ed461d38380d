"""The benchmark: models trained anew by the published protocols on the public sets."""
