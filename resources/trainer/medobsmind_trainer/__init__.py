"""Trains the adapter that MedObsMind loads at the bed.

What needs no torch (configuration, data set, identifiers, host check, manifest) imports none, so that a mistake is
told in a second and not after a model was loaded.
"""

VERSION = "0.1.0"
