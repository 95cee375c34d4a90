"""What to annotate next: each sampler draws rows where a label by hand would help most."""

from labeling.sampling.context import SamplingContext
from labeling.sampling.samplers import SAMPLERS, Sampler

__all__ = ["SAMPLERS", "Sampler", "SamplingContext"]
