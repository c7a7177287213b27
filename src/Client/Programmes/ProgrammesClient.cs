namespace Scoring.Client;

/// <summary>The published programmes. No access token is needed.</summary>
public sealed class ProgrammesClient
{
    private readonly RequestSender _sender;

    internal ProgrammesClient(RequestSender sender) => _sender = sender;

    /// <summary>Returns every published programme.</summary>
    [Operation("listProgrammes")]
    public Task<IReadOnlyList<ProgrammeResponse>> List(CancellationToken cancellationToken = default) =>
        _sender.Get<IReadOnlyList<ProgrammeResponse>>("v1/programmes", cancellationToken);

    /// <summary>
    /// Returns one programme: purpose, today's date, rule sets, event types, services. It is refused with
    /// <see cref="ProblemKinds.NotFound"/> when no such programme is published.
    /// </summary>
    [Operation("findProgramme")]
    public Task<ProgrammeResponse> Find(string programme, CancellationToken cancellationToken = default) =>
        _sender.Get<ProgrammeResponse>(PathOf(programme), cancellationToken);

    /// <summary>Returns all published rule sets of a programme in full, in ascending numbers.</summary>
    [Operation("listRuleSets")]
    public Task<IReadOnlyList<RuleSet>> ListRuleSets(string programme, CancellationToken cancellationToken = default) =>
        _sender.Get<IReadOnlyList<RuleSet>>(PathOf(programme) + "/rulesets", cancellationToken);

    /// <summary>Returns one rule set.</summary>
    /// <param name="programme">The programme.</param>
    /// <param name="number">The rule set's number, from 1.</param>
    /// <param name="cancellationToken">Cancels the request.</param>
    [Operation("findRuleSet")]
    public Task<RuleSet> FindRuleSet(string programme, int number, CancellationToken cancellationToken = default) =>
        _sender.Get<RuleSet>(FormattableString.Invariant($"{PathOf(programme)}/rulesets/{number}"), cancellationToken);

    /// <summary>Returns a page of what administrators did, in ascending numbers.</summary>
    /// <param name="programme">The programme.</param>
    /// <param name="after">The member <c>after</c> of the page before; <see langword="null"/> for the first page.</param>
    /// <param name="count">How many, 1 to 500.</param>
    /// <param name="cancellationToken">Cancels the request.</param>
    [Operation("readRecord")]
    public Task<RecordPage> ReadRecord(
        string programme, long? after = null, int? count = null, CancellationToken cancellationToken = default) =>
        _sender.Get<RecordPage>(
            RequestPath.Query(PathOf(programme) + "/record", ("after", after), ("count", count)), cancellationToken);

    /// <summary>Returns a simulation report that approvals of a published version named.</summary>
    /// <param name="programme">The programme.</param>
    /// <param name="report">The report's hash, as the record's acts name it.</param>
    /// <param name="cancellationToken">Cancels the request.</param>
    [Operation("readReport")]
    public Task<PublishedReport> ReadReport(string programme, string report, CancellationToken cancellationToken = default) =>
        _sender.Get<PublishedReport>($"{PathOf(programme)}/reports/{RequestPath.Segment(report)}", cancellationToken);

    /// <summary>
    /// Returns the counts of a month's events and contests. It is refused with <see cref="ProblemKinds.StatisticsNotThereYet"/> until the
    /// month is counted; from then on the answer never changes.
    /// </summary>
    /// <param name="programme">The programme.</param>
    /// <param name="year">The year.</param>
    /// <param name="month">The month, 1 to 12.</param>
    /// <param name="cancellationToken">Cancels the request.</param>
    [Operation("readStatistics")]
    public Task<MonthStatistics> ReadStatistics(
        string programme, int year, int month, CancellationToken cancellationToken = default) =>
        _sender.Get<MonthStatistics>(
            FormattableString.Invariant($"{PathOf(programme)}/statistics/{year:0000}-{month:00}"), cancellationToken);

    private static string PathOf(string programme) => "v1/programmes/" + RequestPath.Segment(programme);
}
