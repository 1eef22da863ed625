"""What an article's page needs beside the article: the ones before and after, related ones, its sources in parts."""

from pelican import signals


def _listed(value):
    return [] if not value else value if isinstance(value, list) else [value]


def _joined(generator):
    order = sorted(generator.articles, key=lambda article: article.date)
    by_slug = {article.slug: article for article in order}
    for article, older, newer in zip(order, [None, *order], [*order[1:], None], strict=False):
        article.older, article.newer = older, newer
        article.source_list = [source.split(" | ") for source in _listed(getattr(article, "sources", None))]
        related = _listed(getattr(article, "related", None))
        article.related_list = [by_slug[slug] for slug in related if slug in by_slug]


def register():
    """Pelican calls this for each of its plugins."""
    signals.article_generator_finalized.connect(_joined)
