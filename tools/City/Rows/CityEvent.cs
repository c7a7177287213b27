using System.Text.Json.Nodes;

namespace Scoring.City.Rows;

/// <summary>An event of a file, before its subject has a handle.</summary>
/// <param name="Programme">The programme that receives it.</param>
/// <param name="SubjectName">The file's own name for the subject, or a synthetic one. It never leaves City.</param>
/// <param name="Type">The event type.</param>
/// <param name="Id">Its id. The same row always has the same id.</param>
/// <param name="Local">Its local time.</param>
/// <param name="Data">The type's attributes.</param>
public sealed record CityEvent(string Programme, string SubjectName, string Type, string Id, DateTime Local, JsonObject Data);

/// <summary>The content of a file.</summary>
/// <param name="Format">The name of its format.</param>
/// <param name="Programme">The programme that receives its events.</param>
/// <param name="Events">Its rows as events, in the file's order, then the synthetic events.</param>
/// <param name="Skipped">How many rows were left out, by reason.</param>
/// <param name="Rows">How many rows it has.</param>
/// <param name="Generated">How many of the events are synthetic.</param>
public sealed record RowFile(
    string Format, string Programme, IReadOnlyList<CityEvent> Events, IReadOnlyDictionary<string, int> Skipped, int Rows, int Generated)
{
    /// <summary>The subjects of the file, in order of their first row.</summary>
    public IReadOnlyList<string> People { get; } = [.. Events.Select(e => e.SubjectName).Distinct()];

    /// <summary>The day of the earliest event.</summary>
    public DateOnly FirstDay { get; } = Events.Count == 0 ? default : DateOnly.FromDateTime(Events.Min(e => e.Local));

    /// <summary>The day of the latest event.</summary>
    public DateOnly LastDay { get; } = Events.Count == 0 ? default : DateOnly.FromDateTime(Events.Max(e => e.Local));
}
