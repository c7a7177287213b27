using System.Collections.Immutable;
using System.Globalization;
using Scoring.Programmes;
using Scoring.Rules;

namespace Scoring.Exports;

/// <summary>What is published about a programme, byte by byte as it is hashed.</summary>
internal sealed class ExportDocuments(CurrentCatalogue catalogue)
{
    public ImmutableArray<ExportedDocument>? Version(ProgrammeId programme, int number)
    {
        var version = catalogue.Find(programme)?.Published.Versions.FirstOrDefault(version => version.RuleSet.Number == number);
        if (version is null) return null;
        return
        [
            new(Named("ruleset", number), RuleSetDocument.Write(version.RuleSet)),
            new(Named("programme", number), ProgrammeDocument.Write(version.Terms)),
            new(Named("assessment", number), AssessmentDocument.Write(version.Assessment)),
        ];
    }

    public ImmutableArray<ExportedDocument> EventTypes(ProgrammeId programme)
    {
        var versions = catalogue.Find(programme)?.Published.Versions ?? [];
        return
        [
            .. versions.SelectMany(version => catalogue.EventTypesOf(version.Terms)).DistinctBy(type => type.Name)
                .OrderBy(type => type.Name, StringComparer.Ordinal)
                .Select(type => new ExportedDocument($"event-types/{type.Name}.json", EventTypeDocument.Write(type))),
        ];
    }

    private static string Named(string document, int number) =>
        string.Create(CultureInfo.InvariantCulture, $"rulesets/{document}-{number}.json");
}
