using System.Collections.Immutable;
using System.Globalization;
using Scoring.Programmes;
using Scoring.Rules;

namespace Scoring.Exports;

/// <summary>Writes the published documents of a programme with exactly the bytes that are hashed.</summary>
internal sealed class ExportDocuments(CurrentCatalogue catalogue)
{
    /// <summary>Returns the documents of one version; <see langword="null"/> when there is no such version.</summary>
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

    /// <summary>Returns the documents of the event types that any version takes.</summary>
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
