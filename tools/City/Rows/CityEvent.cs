using System.Text.Json.Nodes;

namespace Scoring.City.Rows;

/// <summary>One thing that happened to somebody, before anyone has a handle.</summary>
/// <param name="Programme">The programme it is told to.</param>
/// <param name="Who">The file's own word for the subject, or a made-up one; never leaves City.</param>
/// <param name="Type">The event type.</param>
/// <param name="Id">The same for the same row, however often and in whatever order it is sent.</param>
/// <param name="Local">When, by the clock on the wall there.</param>
/// <param name="Data">The type's attributes.</param>
public sealed record CityEvent(string Programme, string Who, string Type, string Id, DateTime Local, JsonObject Data);

/// <summary>What a file holds.</summary>
/// <param name="Format">How it was recognised.</param>
/// <param name="Programme">The programme that it feeds.</param>
/// <param name="Events">Its rows as events, in the file's order, generated ones behind them.</param>
/// <param name="Skipped">Rows that are no events, by reason.</param>
/// <param name="Rows">How many rows it has.</param>
/// <param name="Generated">How many of the events are not the file's but made up beside it.</param>
public sealed record RowFile(
    string Format, string Programme, IReadOnlyList<CityEvent> Events, IReadOnlyDictionary<string, int> Skipped, int Rows, int Generated)
{
    /// <summary>Everyone in it, in order of their first row.</summary>
    public IReadOnlyList<string> People { get; } = [.. Events.Select(e => e.Who).Distinct()];

    /// <summary>The day of the earliest event.</summary>
    public DateOnly FirstDay { get; } = Events.Count == 0 ? default : DateOnly.FromDateTime(Events.Min(e => e.Local));

    /// <summary>The day of the latest event.</summary>
    public DateOnly LastDay { get; } = Events.Count == 0 ? default : DateOnly.FromDateTime(Events.Max(e => e.Local));
}
