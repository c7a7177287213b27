namespace Scoring.Client;

/// <content>The score and the entries.</content>
public sealed partial class SubjectClient
{
    /// <summary>
    /// Returns the score with its explanation. It is refused with <see cref="ProblemKinds.HistoryTooLong"/> past a limit.
    /// </summary>
    [Operation("explainScore")]
    public Task<Explanation> ExplainScore(CancellationToken cancellationToken = default) =>
        _sender.Get<Explanation>(_path + "/score", cancellationToken);

    /// <summary>
    /// Returns the score day by day, up to today. It is refused with <see cref="ProblemKinds.HistoryTooLong"/> past a limit.
    /// </summary>
    /// <param name="count">How many days, 1 to 400; 90 by default.</param>
    /// <param name="cancellationToken">Cancels the request.</param>
    [Operation("listScoreDays")]
    public Task<ScoreDays> ListScoreDays(int? count = null, CancellationToken cancellationToken = default) =>
        _sender.Get<ScoreDays>(RequestPath.Query(_path + "/score/days", ("count", count)), cancellationToken);

    /// <summary>Returns what an event would do to the score. Nothing is stored.</summary>
    [Operation("askWhatIf")]
    public Task<WhatIfAnswer> AskWhatIf(WhatIfRequest request, CancellationToken cancellationToken = default) =>
        _sender.Send<WhatIfAnswer>(
            RequestSender.Request(HttpMethod.Post, _path + "/score/what-if", request, Repeat.Harmless), cancellationToken);

    /// <summary>Returns a page of all entries, newest first.</summary>
    /// <param name="below">The member <c>below</c> of the page before; <see langword="null"/> for the newest.</param>
    /// <param name="count">How many, 1 to 500.</param>
    /// <param name="cancellationToken">Cancels the request.</param>
    [Operation("readHistory")]
    public Task<HistoryPage> ReadHistory(long? below = null, int? count = null, CancellationToken cancellationToken = default) =>
        _sender.Get<HistoryPage>(RequestPath.Query(_path + "/history", ("below", below), ("count", count)), cancellationToken);

    /// <summary>Returns a page of who looked and what they were told, newest first.</summary>
    /// <param name="below">The member <c>below</c> of the page before; <see langword="null"/> for the newest.</param>
    /// <param name="count">How many, 1 to 100.</param>
    /// <param name="cancellationToken">Cancels the request.</param>
    [Operation("readLooks")]
    public Task<AccessPage> ReadLooks(long? below = null, int? count = null, CancellationToken cancellationToken = default) =>
        _sender.Get<AccessPage>(RequestPath.Query(_path + "/looks", ("below", below), ("count", count)), cancellationToken);

    /// <summary>Returns a page of everything that happened, newest first.</summary>
    /// <param name="below">The member <c>below</c> of the page before; <see langword="null"/> for the newest.</param>
    /// <param name="count">How many, 1 to 100.</param>
    /// <param name="cancellationToken">Cancels the request.</param>
    [Operation("readNotices")]
    public Task<NoticesPage> ReadNotices(string? below = null, int? count = null, CancellationToken cancellationToken = default) =>
        _sender.Get<NoticesPage>(RequestPath.Query(_path + "/notices", ("below", below), ("count", count)), cancellationToken);

    /// <summary>
    /// Receives notices as they happen, until the subject has withdrawn or the enumeration is cancelled. After a broken connection, and
    /// after a silence of <see cref="ScoringClientOptions.NoticeSilenceMax"/>, it continues over a new one behind the last notice, so that
    /// each notice comes once. When the subject was withdrawn while no connection was open, the new one is refused with
    /// <see cref="ProblemKinds.NotFound"/>.
    /// </summary>
    /// <param name="after">
    /// The id of the last notice received; <see cref="LiveNotice.Beginning"/> for everything there is; <see langword="null"/> for what
    /// comes from now on.
    /// </param>
    /// <param name="cancellationToken">Ends listening.</param>
    [Operation("readNotices")]
    public IAsyncEnumerable<LiveNotice> Listen(string? after = null, CancellationToken cancellationToken = default) =>
        new NoticeListener(_sender, _path + "/notices").Listen(after, cancellationToken);

    /// <summary>
    /// Writes everything as one signed zip archive to a stream, as it comes. Without <c>manifest.jws</c> in it the archive is incomplete:
    /// a withdrawal or a change of rules cuts it off. Ask again then.
    /// </summary>
    /// <param name="destination">Receives the archive, which may have any size.</param>
    /// <param name="cancellationToken">Cancels the request.</param>
    [Operation("export")]
    public Task Export(Stream destination, CancellationToken cancellationToken = default) =>
        _sender.Download(RequestSender.Request(HttpMethod.Get, _path + "/export"), destination, cancellationToken);
}
