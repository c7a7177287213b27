namespace Scoring.Consoles;

/// <summary>The entries of each console's navigation; their texts are <c>console.page-{name}</c>.</summary>
internal static class ConsoleMap
{
    private static readonly (string Page, string Address)[] Administrators =
    [
        ("inbox", "/admin"),
        ("programmes", "/admin/programmes"),
        ("event-types", "/admin/event-types"),
        ("sources", "/admin/sources"),
        ("services", "/admin/services"),
        ("contests", "/admin/contests"),
        ("set-aside", "/admin/set-aside"),
    ];

    private static readonly (string Page, string Address)[] Auditors =
    [
        ("cases", "/audit"),
        ("histories", "/audit/histories"),
        ("draws", "/audit/draws"),
        ("recomputation", "/audit/recomputation"),
        ("ledgers", "/audit/ledgers"),
        ("checkpoints", "/audit/checkpoints"),
        ("guide", "/audit/guide"),
    ];

    /// <summary>Returns the entries of a console, <c>admin</c> or <c>audit</c>.</summary>
    public static IReadOnlyList<(string Page, string Address)> Of(string console) => console == "admin" ? Administrators : Auditors;
}
