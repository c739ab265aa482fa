//! Codes that come together.

/// The name of each group, and what it stands for.
pub(crate) const GROUPS: &[(&str, &[&str])] = &[
    (
        "@everywhere",
        &[
            "not_permitted",
            "not_signed_in",
            "outside_office_hours",
            "outside_own_network",
            "query_invalid",
            "cross_site_request",
            "vendor_unknown",
            "store_unavailable",
            "store_closed",
            "store_damaged",
            "internal",
        ],
    ),
    ("@path", &["id_malformed"]),
    ("@list", &["cursor_invalid"]),
    (
        "@command",
        &[
            "vendor_locked_down",
            "idempotency_mismatch",
            "idempotency_key_invalid",
            "body_too_large",
            "disk_full",
            "store_not_writable",
        ],
    ),
    (
        "@json",
        &["json_malformed", "content_type_wrong", "body_invalid"],
    ),
    ("@upload", &["content_type_wrong"]),
    (
        "@text",
        &["text_empty", "text_too_long", "text_invisible_character"],
    ),
    (
        "@code",
        &[
            "text_empty",
            "text_too_long",
            "text_invisible_character",
            "code_character",
        ],
    ),
    ("@factor", &["second_factor_needed", "second_factor_wrong"]),
    ("@email", &["email_address_malformed"]),
    (
        "@license_key",
        &[
            "license_key_length",
            "license_key_character",
            "license_key_mistyped",
        ],
    ),
    ("@rules", &["policy_out_of_bounds", "policy_feature_twice"]),
    (
        "@import",
        &[
            "import_too_large",
            "import_too_many_lines",
            "import_too_many_columns",
            "import_empty",
            "import_not_text",
            "import_encoding_unknown",
            "import_encoding_broken",
            "import_truncated",
            "import_quote_unclosed",
            "import_quote_stray",
            "import_heading_missing",
            "import_column_missing",
            "import_column_unknown",
            "import_column_not_in_file",
            "import_column_ambiguous",
            "import_column_mapped_twice",
            "import_has_refused_rows",
        ],
    ),
];
