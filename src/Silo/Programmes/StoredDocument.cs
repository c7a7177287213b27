using System.Globalization;
using System.Text;
using Scoring.Rules;

namespace Scoring.Programmes;

/// <summary>One published document as it stands in its table.</summary>
internal sealed record StoredDocument(string Table, string Id, int Number, bool Suspended, byte[] Document)
{
    public const string Programmes = "programmes";
    public const string RuleSets = "rule-sets";
    public const string EventTypes = "event-types";
    public const string Sources = "sources";
    public const string Services = "services";

    public (string Table, string Id, int Number) Key => (Table, Id, Number);

    /// <summary>Sources and services are registrations, not published documents.</summary>
    public bool MayChange => Table is Sources or Services;

    /// <summary>The rule set, on its way in.</summary>
    public RuleSet? RuleSet { get; init; }

    public override string ToString() => Table == RuleSets
        ? string.Create(CultureInfo.InvariantCulture, $"Rule set {Number} of {Id}")
        : $"{Id} in {Table}";
}

/// <summary>Between stored documents and the sets that the core reads and checks.</summary>
internal static class StoredDocuments
{
    /// <summary>What a checked set puts into the tables, in an order that the tables' references allow.</summary>
    public static IEnumerable<StoredDocument> Stored(this DocumentSet set) =>
    [
        .. set.EventTypes.Select(type => new StoredDocument(StoredDocument.EventTypes, type.Name, 0, false, EventTypeDocument.Write(type))),
        .. set.Programmes.Select(pair => new StoredDocument(
            StoredDocument.Programmes, pair.Programme.Id.Value, 0, false, ProgrammeDocument.Write(pair.Programme))),
        .. set.Programmes.SelectMany(pair => pair.RuleSets.Select(rules => new StoredDocument(
            StoredDocument.RuleSets, pair.Programme.Id.Value, rules.Number, false, RuleSetDocument.Write(rules)) { RuleSet = rules })),
        .. set.Sources.Select(source => new StoredDocument(
            StoredDocument.Sources, source.Id, 0, false, RegistrationDocument.Write(source))),
        .. set.Services.Select(service => new StoredDocument(
            StoredDocument.Services, service.Id, 0, false, RegistrationDocument.Write(service))),
    ];

    /// <summary>Reads and checks stored documents like those of a folder.</summary>
    public static DocumentSet Checked(this IReadOnlyList<StoredDocument> stored)
    {
        var texts = new List<(string, ReadOnlyMemory<byte>)>
        {
            (ProgrammeDocuments.EventTypesPath, Joined("[", Of(stored, StoredDocument.EventTypes), "]")),
            (ProgrammeDocuments.RegistrationsPath, Joined(
                "{\"services\":[", Of(stored, StoredDocument.Services), "],\"sources\":[", Of(stored, StoredDocument.Sources), "]}")),
        };
        texts.AddRange(Of(stored, StoredDocument.Programmes).Select(
            document => ($"{document.Id}/programme-1.json", (ReadOnlyMemory<byte>)document.Document)));
        texts.AddRange(Of(stored, StoredDocument.RuleSets).Select(document => (
            string.Create(CultureInfo.InvariantCulture, $"{document.Id}/ruleset-{document.Number}.json"),
            (ReadOnlyMemory<byte>)document.Document)));
        return ProgrammeDocuments.Read(texts);
    }

    private static IEnumerable<StoredDocument> Of(IReadOnlyList<StoredDocument> stored, string table) =>
        stored.Where(document => document.Table == table);

    private static byte[] Joined(params object[] parts) => Encoding.UTF8.GetBytes(string.Concat(parts.Select(part =>
        part is string text
            ? text
            : string.Join(',', ((IEnumerable<StoredDocument>)part).Select(d => Encoding.UTF8.GetString(d.Document))))));
}
