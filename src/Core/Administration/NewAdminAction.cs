using System.Collections.Immutable;
using Scoring.Programmes;

namespace Scoring.Administration;

/// <summary>An act on its way into the record.</summary>
/// <param name="Key">Unique: the same act has the same key.</param>
/// <param name="Act">A word of <see cref="AdminActions"/>.</param>
/// <param name="Programme">The programme; <see langword="null"/> when it concerns all.</param>
/// <param name="By">Who.</param>
/// <param name="At">When; its day in UTC is the entry's.</param>
/// <param name="Hash">Of the content it is about.</param>
/// <param name="Words">What it means or what differs.</param>
/// <param name="Details">Canonical JSON in UTF-8, or <see langword="null"/>.</param>
public sealed record NewAdminAction(
    Guid Key, string Act, ProgrammeId? Programme, string By, DateTimeOffset At, string? Hash, ImmutableArray<string> Words,
    byte[]? Details);
