namespace Scoring.Client;

/// <summary>A request to enrol a subject, or to renew the consent of one.</summary>
/// <param name="Programme">The programme.</param>
/// <param name="RuleSet">Hash of the rule set that the participant was shown. It must be the one in force.</param>
/// <param name="HandleProofs">1 to 16 JWS of sources, each with the claims handle, programme, sub, iat and exp.</param>
/// <param name="Renews">
/// The ordinal of the subject whose consent is renewed, to the version in force. Then there must be no proofs, and nothing else of
/// the subject changes. <see langword="null"/> to enrol a new subject.
/// </param>
public sealed record EnrolRequest(string Programme, string RuleSet, IReadOnlyList<string> HandleProofs, int? Renews = null);

/// <summary>An enrolled subject, or one whose consent was renewed.</summary>
/// <param name="Ordinal">Its ordinal among the participant's subjects in the programme, 0 to 31.</param>
/// <param name="Receipt">The signed consent record, a JWS in compact form.</param>
public sealed record EnrolledView(int Ordinal, string Receipt);

/// <summary>A completed withdrawal.</summary>
/// <param name="Entries">The number of entries that were erased.</param>
/// <param name="Receipt">
/// The signed record of the withdrawal, a JWS in compact form that names the consent's receipt. The platform does not store it.
/// <see langword="null"/> when this call finished a withdrawal that another call began, because nothing is left to name.
/// </param>
public sealed record WithdrawalView(long Entries, string? Receipt = null);
