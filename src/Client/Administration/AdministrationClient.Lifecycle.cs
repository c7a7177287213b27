namespace Scoring.Client;

/// <content>Suspending, resuming, ending, and simulations.</content>
public sealed partial class AdministrationClient
{
    /// <summary>Suspends a programme at once. The reason is public, 1 to 300 characters.</summary>
    [Operation("suspendProgramme")]
    public Task<ApprovalResponse> Suspend(
        string programme, SuspensionRequest request, CancellationToken cancellationToken = default) =>
        Send(HttpMethod.Put, programme, "/suspension", request, cancellationToken);

    /// <summary>Approves that a programme resumes, which takes two administrators.</summary>
    [Operation("resumeProgramme")]
    public Task<ApprovalResponse> Resume(string programme, CancellationToken cancellationToken = default) =>
        Send(HttpMethod.Delete, programme, "/suspension", null, cancellationToken);

    /// <summary>Takes one's own approval to resume back.</summary>
    [Operation("takeBackResuming")]
    public Task<ApprovalResponse> TakeBackResuming(string programme, CancellationToken cancellationToken = default) =>
        Send(HttpMethod.Delete, programme, "/suspension/approvals", null, cancellationToken);

    /// <summary>Approves that a programme ends for good, which takes two administrators.</summary>
    [Operation("endProgramme")]
    public Task<ApprovalResponse> End(string programme, CancellationToken cancellationToken = default) =>
        Send(HttpMethod.Post, programme, "/end", null, cancellationToken);

    /// <summary>Takes one's own approval to end back.</summary>
    [Operation("takeBackEnding")]
    public Task<ApprovalResponse> TakeBackEnding(string programme, CancellationToken cancellationToken = default) =>
        Send(HttpMethod.Delete, programme, "/end/approvals", null, cancellationToken);

    /// <summary>Starts simulating the draft. It is refused with <see cref="ProblemKinds.SimulationUnderWay"/> while one runs.</summary>
    [Operation("startSimulation")]
    public Task StartSimulation(string programme, CancellationToken cancellationToken = default) =>
        _sender.Send(RequestSender.Request(HttpMethod.Post, PathOf(programme) + "/draft/simulation"), cancellationToken);

    /// <summary>Returns the simulation's progress and report.</summary>
    [Operation("findSimulation")]
    public Task<SimulationView> FindSimulation(string programme, CancellationToken cancellationToken = default) =>
        _sender.Get<SimulationView>(PathOf(programme) + "/draft/simulation", cancellationToken);

    /// <summary>Cancels the simulation.</summary>
    [Operation("cancelSimulation")]
    public Task CancelSimulation(string programme, CancellationToken cancellationToken = default) =>
        _sender.Send(RequestSender.Request(HttpMethod.Delete, PathOf(programme) + "/draft/simulation"), cancellationToken);

    private Task<ApprovalResponse> Send(
        HttpMethod method, string programme, string path, SuspensionRequest? request, CancellationToken cancellationToken) =>
        _sender.Send<ApprovalResponse>(RequestSender.Request(method, PathOf(programme) + path, request), cancellationToken);
}
