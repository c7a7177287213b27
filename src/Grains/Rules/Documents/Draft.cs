using System.Collections.Immutable;
using Scoring.Events;
using Scoring.Programmes;

namespace Scoring.Rules;

/// <summary>Documents that were read and are still to be checked against each other. What was at fault in one is empty in it.</summary>
internal sealed class Draft
{
    private readonly SortedDictionary<string, ProgrammeDraft> programmes = new(StringComparer.Ordinal);

    public List<Problems> Documents { get; } = [];

    public SortedDictionary<string, EventType> EventTypes { get; } = new(StringComparer.Ordinal);

    public List<Source> Sources { get; } = [];

    public List<Service> Services { get; } = [];

    public Problems? Registrations { get; set; }

    public IEnumerable<ProgrammeDraft> Programmes => programmes.Values;

    public ProgrammeDraft Programme(string folder)
    {
        if (!programmes.TryGetValue(folder, out var draft)) programmes.Add(folder, draft = new ProgrammeDraft(folder));
        return draft;
    }

    public DocumentSet Finished() => new(
        [.. programmes.Values.Select(draft => (draft.Programme!, draft.Finished()))], [.. EventTypes.Values],
        [.. Sources.OrderBy(source => source.Id, StringComparer.Ordinal)],
        [.. Services.OrderBy(service => service.Id, StringComparer.Ordinal)], []);
}

/// <summary>A programme's folder that was read.</summary>
internal sealed class ProgrammeDraft(string folder)
{
    public string Folder => folder;

    public Programme? Programme { get; private set; }

    public Problems Problems { get; private set; } = new($"{folder}/programme.json");

    /// <summary>Rule sets by the number in their file's name.</summary>
    public SortedDictionary<int, (RuleSet Set, Problems Problems)> RuleSets { get; } = [];

    public void Take(Programme programme, Problems problems) => (Programme, Problems) = (programme, problems);

    public void Add(int number, RuleSet set, Problems problems) => RuleSets[number] = (set, problems);

    public ImmutableArray<RuleSet> Finished() => [.. RuleSets.Values.Select(pair => RuleSetDocument.Hashed(pair.Set))];
}
