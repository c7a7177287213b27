namespace Scoring.Client;

/// <summary>The calls of a participant. The access token has the role <c>participant</c>.</summary>
public sealed class SubjectsClient
{
    private const string Path = "v1/me/subjects";

    private readonly RequestSender _sender;

    internal SubjectsClient(RequestSender sender) => _sender = sender;

    /// <summary>Returns the calls about one subject.</summary>
    /// <param name="programme">The programme.</param>
    /// <param name="ordinal">The participant's ordinal of the subject, 0 to 31.</param>
    public SubjectClient Of(string programme, int ordinal) =>
        new(_sender, FormattableString.Invariant($"{Path}/{RequestPath.Segment(programme)}/{ordinal}"));

    /// <summary>Returns the participant's subjects in one programme.</summary>
    [Operation("listSubjects")]
    public Task<IReadOnlyList<SubjectView>> List(string programme, CancellationToken cancellationToken = default) =>
        _sender.Get<IReadOnlyList<SubjectView>>(RequestPath.Query(Path, ("programme", programme)), cancellationToken);

    /// <summary>
    /// Enrols a subject, or renews consent. The access token must say that the participant is an adult. It is refused with
    /// <see cref="ProblemKinds.RuleSetNotInForce"/>, <see cref="ProblemKinds.ProofRefused"/>, <see cref="ProblemKinds.AdultsOnly"/>,
    /// <see cref="ProblemKinds.ProgrammeUnknown"/>, <see cref="ProblemKinds.TooManySubjects"/> or
    /// <see cref="ProblemKinds.TooManyHandles"/>.
    /// </summary>
    [Operation("enrol")]
    public Task<EnrolledView> Enrol(EnrolRequest request, CancellationToken cancellationToken = default) =>
        _sender.Send<EnrolledView>(RequestSender.Request(HttpMethod.Post, Path, request), cancellationToken);
}
