using System.Text.Json;

namespace Scoring.Client;

/// <summary>A page of a record.</summary>
/// <param name="Acts">The actions, in ascending numbers.</param>
/// <param name="After">The next page has the numbers above this; <see langword="null"/> at the end.</param>
public sealed record RecordPage(IReadOnlyList<RecordedAdminAction> Acts, long? After);

/// <summary>One administrative action, as its ledger entry records it.</summary>
/// <param name="Number">Its number, gapless from 1 over all actions of the platform.</param>
/// <param name="Position">The position of its entry in partition 0. The public record shows it rounded down to a multiple of 256.</param>
/// <param name="Act">The kind of action, a stable word such as <c>published</c>.</param>
/// <param name="Programme">The programme; <see langword="null"/> when it concerns all programmes.</param>
/// <param name="By">The administrator's pairwise subject identifier, or <c>platform</c>.</param>
/// <param name="At">The instant of the action.</param>
/// <param name="Hash">SHA-256 of the content that it is about, or <see langword="null"/>.</param>
/// <param name="Words">Its meaning or the differences that it makes, in words.</param>
/// <param name="Details">Numbers that belong to the act; its members depend on the act.</param>
public sealed record RecordedAdminAction(
    long Number, long Position, string Act, string? Programme, string By, DateTimeOffset At, string? Hash, IReadOnlyList<string> Words,
    JsonElement? Details);
