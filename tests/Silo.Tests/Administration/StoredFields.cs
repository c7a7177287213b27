using System.Globalization;
using System.Text.Json.Nodes;
using Scoring.Incidents;

namespace Scoring.Administration;

/// <summary>Maps each member of a stored state to its stored name, written by hand: a renamed property does not change it.</summary>
internal static class StoredFields
{
    public static JsonObject Of(ProgrammeAdminState state)
    {
        var fields = new JsonObject
        {
            ["Turn"] = state.Turn,
            ["ResumeApprovals"] = Texts(state.ResumeApprovals),
            ["EndApprovals"] = Texts(state.EndApprovals),
        };
        if (state.Draft is { } draft)
        {
            fields["Draft"] = new JsonObject
            {
                ["Turn"] = draft.Turn,
                ["Json"] = Convert.ToBase64String(draft.Json),
                ["Hash"] = draft.Hash,
                ["Author"] = draft.Author,
                ["At"] = Instant(draft.At),
                ["Approvals"] = Texts(draft.Approvals),
            };
        }
        if (state.Pending is { } pending) fields["Pending"] = Of(pending);
        if (state.Done is { } done) fields["Done"] = Of(done);
        if (state.ResumeApprovedAt is { } resume) fields["ResumeApprovedAt"] = Texts([.. resume.Select(Instant)]);
        if (state.EndApprovedAt is { } end) fields["EndApprovedAt"] = Texts([.. end.Select(Instant)]);
        return fields;
    }

    public static JsonObject Of(RegistrationState state)
    {
        var fields = new JsonObject { ["Turn"] = state.Turn };
        if (state.Proposal is { } proposal)
        {
            fields["Proposal"] = new JsonObject
            {
                ["Turn"] = proposal.Turn,
                ["Act"] = (int)proposal.Act,
                ["Document"] = Convert.ToBase64String(proposal.Document),
                ["Hash"] = proposal.Hash,
                ["Author"] = proposal.Author,
                ["At"] = Instant(proposal.At),
                ["Differences"] = Texts(proposal.Differences),
            };
        }
        if (state.Pending is { } pending) fields["Pending"] = Of(pending);
        if (state.Done is { } done) fields["Done"] = Of(done);
        return fields;
    }

    public static JsonObject Of(IncidentState state)
    {
        var fields = new JsonObject { ["Turn"] = state.Turn };
        if (state.Proposal is { } proposal)
        {
            fields["Proposal"] = new JsonObject
            {
                ["Turn"] = proposal.Turn,
                ["Nature"] = proposal.Nature,
                ["Contact"] = proposal.Contact,
                ["Consequences"] = proposal.Consequences,
                ["Measures"] = proposal.Measures,
                ["Hash"] = proposal.Hash,
                ["Author"] = proposal.Author,
                ["At"] = Instant(proposal.At),
            };
        }
        if (state.Pending is { } pending) fields["Pending"] = Of(pending);
        if (state.Done is { } done) fields["Done"] = Of(done);
        return fields;
    }

    private static JsonObject Of(PendingAdminAction act)
    {
        var fields = new JsonObject
        {
            ["Act"] = act.Act,
            ["Key"] = act.Key.ToString(),
            ["By"] = act.By,
            ["At"] = Instant(act.At),
            ["Words"] = Texts(act.Words),
            ["Approvals"] = Texts(act.Approvals),
        };
        if (act.Hash is { } hash) fields["Hash"] = hash;
        if (act.RuleSet is { } ruleSet) fields["RuleSet"] = ruleSet;
        return fields;
    }

    private static JsonArray Texts(string[] texts) => new([.. texts.Select(text => (JsonNode)text)]);

    private static string Instant(DateTimeOffset at) => at.ToString("yyyy-MM-ddTHH:mm:ss.FFFFFFFzzz", CultureInfo.InvariantCulture);
}
