namespace Scoring.Frame;

/// <summary>A choice of a field.</summary>
/// <param name="Value">What the form sends.</param>
/// <param name="Label">Its name.</param>
/// <param name="What">What it means.</param>
/// <param name="Language">The language of the explanation, when it is not that of the page.</param>
public sealed record Choice(string Value, string Label, string What, string? Language = null);
