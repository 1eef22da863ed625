"""`chronicle lsp`: the language server, the one door to pygls. What it answers is worked out in `editing`.

editor ─messages─▶ server ─▶ session ─▶ editing        (at once, from what is known)
                                ▲
                disk, texts ─▶ study ─▶ Known           (in a thread, when something has changed)
"""
