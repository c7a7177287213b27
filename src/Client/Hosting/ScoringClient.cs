namespace Scoring.Client;

/// <summary>
/// A client of the platform's HTTP API. Its members are the groups of operations; every method of them can throw
/// <see cref="ScoringProblemException"/> when the platform refuses, <see cref="HttpRequestException"/> when it cannot be reached,
/// <see cref="TimeoutException"/> when it does not answer in time, and <see cref="OperationCanceledException"/>. It is safe for concurrent
/// use.
/// </summary>
public sealed class ScoringClient : IDisposable
{
    private readonly ScoringConnection _connection;
    private readonly RequestSender _sender;
    private readonly bool _ownsConnection;

    /// <summary>Creates a client with connections of its own.</summary>
    /// <param name="options">The settings.</param>
    /// <param name="handler">Sends the requests, and is disposed of with the client; by default a <see cref="SocketsHttpHandler"/>.</param>
    /// <exception cref="System.ComponentModel.DataAnnotations.ValidationException">A setting is missing or outside its range.</exception>
    public ScoringClient(ScoringClientOptions options, HttpMessageHandler? handler = null)
        : this(
            ScoringConnection.Create(options, handler ?? new SocketsHttpHandler { PooledConnectionLifetime = TimeSpan.FromMinutes(5) }),
            options.AccessToken, ownsConnection: true)
    {
    }

    internal ScoringClient(ScoringConnection connection, Func<CancellationToken, ValueTask<string?>> accessToken, bool ownsConnection)
    {
        _connection = connection;
        _ownsConnection = ownsConnection;
        _sender = new RequestSender(connection, accessToken);
        Health = new HealthClient(_sender);
        Programmes = new ProgrammesClient(_sender);
        Checkpoints = new CheckpointsClient(_sender);
        Receipts = new ReceiptsClient(_sender);
        Events = new EventsClient(_sender);
        Scores = new ScoresClient(_sender);
        Subjects = new SubjectsClient(_sender);
        Audit = new AuditClient(_sender);
        Administration = new AdministrationClient(_sender);
        Registrations = new RegistrationsClient(_sender);
        Cases = new CasesClient(_sender);
        Incidents = new IncidentsClient(_sender);
        SetAside = new SetAsideClient(_sender);
    }

    /// <summary>For everyone: whether the platform runs.</summary>
    public HealthClient Health { get; }

    /// <summary>For everyone: the published programmes, their rules, public records and statistics.</summary>
    public ProgrammesClient Programmes { get; }

    /// <summary>For everyone: signed notes of the ledger, and proofs between them.</summary>
    public CheckpointsClient Checkpoints { get; }

    /// <summary>For everyone: the keys that verify receipts and archives.</summary>
    public ReceiptsClient Receipts { get; }

    /// <summary>For sources: sends events.</summary>
    public EventsClient Events { get; }

    /// <summary>For services: queries a score.</summary>
    public ScoresClient Scores { get; }

    /// <summary>For participants: their own subjects, and everything about them.</summary>
    public SubjectsClient Subjects { get; }

    /// <summary>For auditors: cases, histories, draws and proofs.</summary>
    public AuditClient Audit { get; }

    /// <summary>For administrators: programmes and their drafts.</summary>
    public AdministrationClient Administration { get; }

    /// <summary>For administrators: event types, sources and services.</summary>
    public RegistrationsClient Registrations { get; }

    /// <summary>For administrators: contests to decide.</summary>
    public CasesClient Cases { get; }

    /// <summary>For administrators: notices of incidents to every participant of a programme.</summary>
    public IncidentsClient Incidents { get; }

    /// <summary>For administrators: entries that no fold could value.</summary>
    public SetAsideClient SetAside { get; }

    /// <summary>How many attempts over these connections were repetitions of a request, by all callers.</summary>
    public long Retries => _connection.Retries;

    /// <summary>Returns a client of another caller over the same connections. It need not be disposed of.</summary>
    /// <param name="accessToken">Returns the caller's access token before each request.</param>
    public ScoringClient As(Func<CancellationToken, ValueTask<string?>> accessToken) =>
        new(_connection, accessToken, ownsConnection: false);

    /// <summary>Returns a client of another caller over the same connections. It need not be disposed of.</summary>
    /// <param name="accessToken">The caller's access token; <see langword="null"/> for public operations only.</param>
    public ScoringClient As(string? accessToken) => As(_ => ValueTask.FromResult(accessToken));

    /// <summary>
    /// Sends a request that has no method here, for example to a later version of the API: with the access token unless it has one, with
    /// retries, and over the gateways in turn. The answer is returned with its headers, whatever its status.
    /// </summary>
    /// <param name="request">The request with a path that starts at the base address.</param>
    /// <param name="cancellationToken">Cancels the request.</param>
    public Task<HttpResponseMessage> Send(HttpRequestMessage request, CancellationToken cancellationToken = default) =>
        _sender.SendRaw(request, cancellationToken);

    /// <inheritdoc/>
    public void Dispose()
    {
        if (_ownsConnection) _connection.Dispose();
    }
}
