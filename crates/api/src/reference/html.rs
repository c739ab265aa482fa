//! Text made safe to stand in HTML, with the little Markdown that the document's texts use.

/// With the five signs replaced that mean something in HTML.
pub(super) fn escaped(text: &str) -> String {
    let mut safe = String::with_capacity(text.len());
    for sign in text.chars() {
        match sign {
            '&' => safe.push_str("&amp;"),
            '<' => safe.push_str("&lt;"),
            '>' => safe.push_str("&gt;"),
            '"' => safe.push_str("&quot;"),
            '\'' => safe.push_str("&#39;"),
            other => safe.push(other),
        }
    }
    safe
}

/// One line of text; what stands between backticks is code.
pub(super) fn line(text: &str) -> String {
    let mut safe = String::new();
    let mut rest = text;
    while let Some((before, after)) = rest.split_once('`') {
        let Some((code, later)) = after.split_once('`') else {
            break;
        };
        safe += &format!("{}<code>{}</code>", escaped(before), escaped(code));
        rest = later;
    }
    safe + &escaped(rest)
}

/// Paragraphs, which an empty line parts.
pub(super) fn paragraphs(text: &str) -> String {
    text.split("\n\n")
        .map(str::trim)
        .filter(|paragraph| !paragraph.is_empty())
        .map(|paragraph| format!("<p>{}</p>\n", line(paragraph)))
        .collect()
}

/// The name of a place in the page.
pub(super) fn anchor(kind: &str, name: &str) -> String {
    let name: String = name
        .chars()
        .map(|sign| {
            if sign.is_ascii_alphanumeric() || sign == '_' {
                sign
            } else {
                '-'
            }
        })
        .collect();
    format!("{kind}-{name}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_in_a_text_becomes_markup() {
        assert_eq!(
            line("a <b> & `x < \"y\"` 'z' `open"),
            "a &lt;b&gt; &amp; <code>x &lt; &quot;y&quot;</code> &#39;z&#39; `open"
        );
        assert_eq!(paragraphs("a\nb\n\nc"), "<p>a\nb</p>\n<p>c</p>\n");
        assert_eq!(anchor("tag", "license files"), "tag-license-files");
    }
}
