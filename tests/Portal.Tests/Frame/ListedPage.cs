using Scoring.Hosting;

namespace Scoring.Frame;

/// <summary>A page and how to come to it.</summary>
/// <param name="Name">What it is called in pictures.</param>
/// <param name="Route">The route of its component.</param>
/// <param name="Query">What follows its path, where the page shows nothing without it.</param>
internal sealed record ListedPage(string Name, string Route, string Query = "")
{
    /// <summary>Every page. A new page needs a line here, and is then held by the tests of all pages.</summary>
    public static IReadOnlyList<ListedPage> All { get; } =
    [
        new("home", "/"),
        new("privacy", "/privacy"),
        new("signed-out", "/signed-out"),
        new("programmes", "/programmes"),
        new("programme", "/programmes/{Programme}"),
        new("rules", "/programmes/{Programme}/rules"),
        new("assessment", "/programmes/{Programme}/assessment"),
        new("record", "/programmes/{Programme}/record"),
        new("statistics", "/programmes/{Programme}/statistics"),
        new("checkpoints", "/checkpoints"),
        new("verify", "/verify"),
        new("developers-services", "/developers/services"),
        new("developers-sources", "/developers/sources", "?programme=safe-driver&type=traffic.trip"),
        new("join-purpose", "/programmes/{Programme}/join"),
        new("join-counted", "/programmes/{Programme}/join/counted"),
        new("join-services", "/programmes/{Programme}/join/services"),
        new("join-link", "/programmes/{Programme}/join/link"),
        new("join-check", "/programmes/{Programme}/join/check"),
        new("my", "/my"),
        new("score", "/my/{Programme}/{Ordinal:int}"),
        new("what-if", "/my/{Programme}/{Ordinal:int}/what-if", "?type=traffic.trip"),
        new("timeline", "/my/{Programme}/{Ordinal:int}/timeline"),
        new("contests", "/my/{Programme}/{Ordinal:int}/contests"),
        new("contest-new", "/my/{Programme}/{Ordinal:int}/contests/new", "?turn={Turn}"),
        new("contest", "/my/{Programme}/{Ordinal:int}/contests/{Case}"),
        new("who-looked", "/my/{Programme}/{Ordinal:int}/who-looked"),
        new("grants", "/my/{Programme}/{Ordinal:int}/grants"),
        new("grant-new", "/my/{Programme}/{Ordinal:int}/grants/new"),
        new("linked", "/my/{Programme}/{Ordinal:int}/linked"),
        new("audit-codes", "/my/{Programme}/{Ordinal:int}/audit-codes"),
        new("renew", "/my/{Programme}/{Ordinal:int}/renew"),
        new("receipt", "/my/{Programme}/{Ordinal:int}/receipt"),
        new("pause", "/my/{Programme}/{Ordinal:int}/pause"),
        new("export", "/my/{Programme}/{Ordinal:int}/export"),
        new("leave", "/my/{Programme}/{Ordinal:int}/leave"),
        new("admin-programmes", "/admin/programmes"),
        new("admin-programme", "/admin/programmes/{Programme}"),
        new("simulation", "/admin/programmes/{Programme}/simulation"),
        new("approval", "/admin/programmes/{Programme}/approval"),
        new("shadow", "/admin/programmes/{Programme}/shadow"),
        new("suspension", "/admin/programmes/{Programme}/suspension"),
        new("end", "/admin/programmes/{Programme}/end"),
        new("acts", "/admin/programmes/{Programme}/acts"),
        new("audit-cases", "/audit"),
        new("audit-histories", "/audit/histories", "?case={Audit}"),
        new("audit-draws", "/audit/draws", "?case={Audit}"),
        new("audit-recomputation", "/audit/recomputation", "?case={Audit}"),
        new("audit-ledgers", "/audit/ledgers", "?case={Audit}"),
        new("audit-checkpoints", "/audit/checkpoints"),
        new("audit-guide", "/audit/guide"),
    ];

    /// <summary>Whether the page is about one subject.</summary>
    public bool IsOfSubject => Route.Contains("{Ordinal", StringComparison.Ordinal);

    /// <summary>The role that the page is for, or <see langword="null"/> when it is for everyone.</summary>
    public string? Role =>
        Route.StartsWith("/my", StringComparison.Ordinal) || Route.Contains("/join", StringComparison.Ordinal) ? "participant"
        : Route.StartsWith("/admin", StringComparison.Ordinal) ? "administrator"
        : Route.StartsWith("/audit", StringComparison.Ordinal) ? "auditor"
        : null;

    /// <summary>The made-up person who looks at the page. The administrator has no hand in the rules.</summary>
    public string Visitor => Role switch
    {
        "administrator" => "administrator-4",
        "auditor" => "auditor",
        _ => SampleSubject.Person,
    };

    /// <summary>The page's address, about a subject.</summary>
    public string Address(SampleSubject sample) => (Route + Query)
        .Replace("{Programme}", sample.Subject.Resident.Programme, StringComparison.Ordinal)
        .Replace("{Ordinal:int}", $"{sample.Subject.Resident.Ordinal}", StringComparison.Ordinal)
        .Replace("{Case}", sample.Contest, StringComparison.Ordinal)
        .Replace("{Audit}", sample.Audit, StringComparison.Ordinal)
        .Replace("{Turn}", $"{sample.Event}", StringComparison.Ordinal);

    public override string ToString() => Name;
}
