using System.Collections.Immutable;
using Scoring.Programmes;

namespace Scoring.Administration;

/// <summary>An administrative action that is still to be appended to the public record (partition 0).</summary>
/// <param name="Key">The unique key; a repetition of the same action has the same key.</param>
/// <param name="Act">The action's word, one of <see cref="AdminActions"/>.</param>
/// <param name="Programme">The programme; <see langword="null"/> when the action concerns all programmes.</param>
/// <param name="By">The administrator, the auditor, or <see cref="AdminActions.ByPlatform"/>.</param>
/// <param name="At">The instant of the action; the entry has its day in UTC.</param>
/// <param name="Hash">
/// SHA-256 of the content that the action is about, in hexadecimal digits; <see langword="null"/> when there is none.
/// </param>
/// <param name="Words">The action's meaning, or the differences that it makes, in sentences.</param>
/// <param name="Details">The details in canonical JSON (RFC 8785), UTF-8; <see langword="null"/> when there are none.</param>
public sealed record NewAdminAction(
    Guid Key, string Act, ProgrammeId? Programme, string By, DateTimeOffset At, string? Hash, ImmutableArray<string> Words,
    byte[]? Details);
