"""Texts that would run, fetch or change something, were they taken for markup."""

PRINTABLE = {
    "script": "<script>window.pwned='script'</script>",
    "image": "<img src='http://198.51.100.7/image.png' onerror='window.pwned=1'>",
    "svg": "<svg onload='window.pwned=2'><a href='javascript:pwned()'>pwnedsvg</a></svg>",
    "frame": "<iframe srcdoc='<script>parent.pwned=3</script>'></iframe>",
    "link": "<a href='javascript:alert(`pwned`)'>pwnedanchor</a>",
    "style": "<style>*{background:url(http://198.51.100.7/style)}</style>",
    "Markdown image": "![pwnedimage](http://198.51.100.7/markdown.png)",
    "Markdown link": "[pwnedlink](http://198.51.100.7/link) <http://198.51.100.7/auto>",
    "bare link": "https://198.51.100.7/pwned mailto:pwned@elsewhere.example",
    "entity": "&lt;pwnedentity&gt; &#112;wnednumber",
    "latex": "$pwned^{latex}$ $$\\href{javascript:pwned()}{x}$$",
    "directive": ":red[pwnedred] :blue-badge[pwnedbadge] :material/skull: :skull:",
    "emphasis": "**pwnedbold** *pwneditalic* ~~pwnedstrike~~ `pwnedcode` # pwned",
    "vega": 'a.b[\'pwned\'][0] \\. {"expr": "pwned()"} datum.pwned',
    "formula": '=HYPERLINK("http://198.51.100.7/formula","pwned")',
}
"""Fit for names, too."""

ANY = {
    **PRINTABLE,
    "ANSI": "\x1b[31mpwnedansi\x1b[0m \x1b]8;;http://198.51.100.7/\x07pwned\x1b]8;;\x07",
    "right to left": "\u202eexe.pwned\u202c \u2066pwned\u2069",
    "zero width": "pw\u200bn\u200ded\ufeff \u00ad",
    "control": "\x01\x08\x7fpwned\x85",
    "long word": "pwned" * 1_000,
}
"""Fit for texts: rows, guidelines, printed output, messages."""

FILE_NAME = "<img src=x onerror=pwned=4> ![p](x) :red[pwnedred] $pwned^2$"
"""Fit for the name of a file or folder, which holds no slash."""

FOUND_MARKUP = r"""() => {
    const found = [];
    const texts = new RegExp("^(pwned(svg|anchor|link|number|red|badge|bold|italic|strike|ansi)|" +
        "skull|💀|<pwnedentity>.*)$");
    const fetching = /^(src|srcset|srcdoc|href|xlink:href|action|data|poster|style|on.*)$/;
    const markers = /pwned|198\.51\.100\.7|javascript:/;
    const ours = /^\/labelwright\/export\/[%\w]+[^"'<>]*$/;
    const visit = root => {
        for (const element of root.querySelectorAll("*")) {
            const tag = element.localName;
            for (const { name, value } of element.attributes)
                if (fetching.test(name) && markers.test(value) && !ours.test(value))
                    found.push(`${tag} ${name}=${value}`);
            const alone = element.childElementCount === 0 ? element.textContent.trim() : "";
            const runs = /^(script|style)$/.test(tag) && markers.test(alone);
            if (runs || texts.test(alone)) found.push(`${tag}: ${alone}`);
            if (element.classList.contains("katex")) found.push("a formula");
            if (element.shadowRoot) visit(element.shadowRoot);
        }
    };
    visit(document);
    if (window.pwned !== undefined) found.push(`ran: ${window.pwned}`);
    return found;
}"""
"""JavaScript that lists what the page made of payloads: elements, links, and scripts that ran."""
