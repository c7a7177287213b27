namespace Scoring.Client;

/// <summary>An approval of the content that the hash names.</summary>
/// <param name="Hash">SHA-256 of the content that the administrator read, 64 lower-case hexadecimal digits.</param>
public sealed record ApprovalRequest(string Hash);

/// <summary>An approval of a draft.</summary>
/// <param name="Hash">SHA-256 of the draft that the administrator read, 64 lower-case hexadecimal digits.</param>
/// <param name="Report">The hash of the simulation report that the administrator has seen, in the same form.</param>
public sealed record DraftApprovalRequest(string Hash, string? Report = null);

/// <summary>The state of an act that may require several administrators.</summary>
/// <param name="Done">Whether the act took effect; otherwise it waits for another administrator.</param>
/// <param name="Approvals">The administrators who have approved the act so far.</param>
public sealed record ApprovalResponse(bool Done, IReadOnlyList<string> Approvals);

/// <summary>A request to suspend a programme.</summary>
/// <param name="Reason">The reason in plain words, 1 to 300 characters. It is public.</param>
public sealed record SuspensionRequest(string Reason);
