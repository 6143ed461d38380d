"""The methods paragraph of a report, with its sources."""

from framing.compare.contrasts import paired
from framing.compare.options import Options
from framing.compare.result import DataCard, Methods
from framing.compare.verdicts import LEAST_MARGIN, MOST_MARGIN
from framing.scores import BundleName

CITATIONS = (
    "Benjamini, Y. and Hochberg, Y. (1995). Controlling the false discovery rate. JRSS B 57, 289–300.",
    "Broder, A. (1997). On the resemblance and containment of documents. Compression and Complexity of Sequences.",
    "Cliff, N. (1993). Dominance statistics: ordinal analyses to answer ordinal questions. Psychological Bulletin 114.",
    "Hedges, L. (1981). Distribution theory for Glass's estimator of effect size. J. Educational Statistics 6.",
    "Hesterberg, T. (2015). What teachers should know about the bootstrap. The American Statistician 69, 371–386.",
    "Liang, K.-Y. and Zeger, S. (1986). Longitudinal data analysis using generalized linear models. Biometrika 73.",
    "Monroe, B., Colaresi, M. and Quinn, K. (2008). Fightin' words. Political Analysis 16, 372–403.",
    "Schuirmann, D. (1987). A comparison of the two one-sided tests procedure and the power approach. "
    "J. Pharmacokinetics and Biopharmaceutics 15, 657–680.",
    "Sokal, R. and Michener, C. (1958). A statistical method for evaluating systematic relationships. "
    "University of Kansas Science Bulletin 38.",
    "Welch, B. (1947). The generalization of 'Student's' problem. Biometrika 34, 28–35.",
)


def methods(card: DataCard, bundle: BundleName, options: Options, n_groups: int, n_contrasts: int) -> Methods:
    """How this comparison was made, in words to print."""
    how = "every pair of groups" if paired(n_groups, options) else "each group with all others together"
    rate = f"{options.false_discovery_rate:.0%}".replace("%", " %")
    text = (
        f"{card.n_used:,} of {card.n_in:,} articles in {n_groups} groups (by {options.by}) were scored with framing, "
        f"bundle {bundle.name} {bundle.version} (sha256 {bundle.sha256[:12]}). Stories are from {card.stories_from}; "
        f"topics: {card.topics_from}. Texts that several groups print, found by MinHash (Broder 1997), are not "
        f"counted. Means have 90 % intervals of a bootstrap over stories ({options.n_draws:,} draws, random state "
        f"{options.random_state}), widened for few stories (Hesterberg 2015). We compared {how}, with errors robust to "
        f"stories (Liang and Zeger 1986; for single articles Welch 1947): as they are, beside topics, "
        f"and inside stories that both sides have. Of {n_contrasts:,} contrasts, p was corrected for a false discovery "
        f"rate of {rate} (Benjamini and Hochberg 1995). Two groups are called equivalent by two one-sided tests "
        f"(Schuirmann 1987) with a margin of {LEAST_MARGIN}, or the groups' noise floor if larger, and never with one "
        f"over {MOST_MARGIN}. A difference that one of the other two estimates contradicts is called undecided. "
        f"Distinctive terms are by log-odds with a Dirichlet prior (Monroe et al. 2008)."
    )
    return Methods(text, CITATIONS)
