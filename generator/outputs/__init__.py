"""What no template makes: feeds, sitemap, data; one file each."""
