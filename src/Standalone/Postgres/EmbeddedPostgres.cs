using System.Text.RegularExpressions;
using Npgsql;

namespace Scoring.Postgres;

/// <summary>
/// A PostgreSQL cluster in a data folder, reachable only through a private socket. It starts and stops with its owner. When an owner was
/// killed, the next owner takes its server over.
/// </summary>
public sealed partial class EmbeddedPostgres : IAsyncDisposable
{
    private readonly EmbeddedPostgresOptions _options;
    private readonly ClusterFolder _folder;
    private readonly FileStream _ownerLock;
    private readonly ServerProcess _server;
    private bool _ended;

    private EmbeddedPostgres(EmbeddedPostgresOptions options, ClusterFolder folder, FileStream ownerLock, ServerProcess server)
    {
        _options = options;
        _folder = folder;
        _ownerLock = ownerLock;
        _server = server;
    }

    /// <summary>
/// Connects to database <c>scoring</c> as role <c>scoring</c>. There is no password: the mode of the socket's folder decides who connects.
/// </summary>
    public string ConnectionString => ConnectionTo(ServerConfiguration.Role, ServerConfiguration.Role);

    /// <summary>Connects to database <c>postgres</c> as the superuser. It is for fixtures and operators, never for the platform.</summary>
    public string AdminConnectionString => ConnectionTo(ServerConfiguration.Superuser, "postgres");

    public string DataFolder => _folder.Root;

    /// <summary>The path of the server's current log.</summary>
    public string LogFile => _folder.LogFile;

    /// <summary>The process id of the server, for tests that end it.</summary>
    public int ServerProcessId => _server.ProcessId;

    /// <summary>Whether the server was already running because its earlier owner was killed.</summary>
    public bool WasAdopted { get; private init; }

    /// <summary>Starts the server, after it created the cluster when there is none. Returns when the server accepts connections.</summary>
    /// <exception cref="EmbeddedPostgresException">The start failed; the message says why and what to do.</exception>
    public static async Task<EmbeddedPostgres> Start(EmbeddedPostgresOptions options, ILogger log, CancellationToken cancellationToken)
    {
        options.Validate();
        var folder = new ClusterFolder(options.DataFolder);
        return await WithTimeout(folder, options.StartSecondsMax, token => StartWithin(options, folder, log, token), cancellationToken);
    }

    /// <summary>
    /// Creates a database that role <c>scoring</c> owns. Returns its connection string. An existing database is an error.
    /// </summary>
    public async Task<string> CreateDatabase(string name)
    {
        if (!DatabaseName().IsMatch(name))
        {
            throw new ArgumentException(
                "A database name has 1 to 63 characters of a-z, 0-9 and _, and does not start with a digit.", nameof(name));
        }

        await DatabaseRole.Execute(
            AdminConnectionString, $"CREATE DATABASE {name} OWNER {ServerConfiguration.Role}", CancellationToken.None);
        return ConnectionTo(ServerConfiguration.Role, name);
    }

    /// <summary>
    /// Stops the server when it runs, and starts it. An immediate stop makes no checkpoint, so the server recovers as after a crash. The
    /// connection strings stay valid; pooled connections break.
    /// </summary>
    public async Task Restart(bool immediate)
    {
        ObjectDisposedException.ThrowIf(_ended, this);
        await _server.Stop(immediate, CancellationToken.None);
        await WithTimeout(_folder, _options.StartSecondsMax, Launch, CancellationToken.None);

        async Task<int> Launch(CancellationToken cancellationToken)
        {
            await _server.Launch(cancellationToken);
            return _server.ProcessId;
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (_ended)
        {
            return;
        }

        _ended = true;
        try
        {
            await _server.Stop(immediate: false, CancellationToken.None);
            _server.DeleteSocketFolder();
            if (_options.DeleteOnStop)
            {
                _folder.Delete();
            }
        }
        finally
        {
            _server.Dispose();
            await _ownerLock.DisposeAsync();
        }
    }

    /// <summary>For tests: releases the lock and leaves the server running, as a kill of this process does.</summary>
    internal async Task Abandon()
    {
        _ended = true;
        _server.Dispose();
        await _ownerLock.DisposeAsync();
    }

    private static async Task<EmbeddedPostgres> StartWithin(
        EmbeddedPostgresOptions options, ClusterFolder folder, ILogger log, CancellationToken cancellationToken)
    {
        folder.Create();
        var ownerLock = OwnerLock.Take(folder.Lock);
        try
        {
            var account = await ServerAccount.Find(options.Account, cancellationToken);
            var binaries = await PostgresBinaries.Find(options.BinariesFolder, folder.MajorVersion, cancellationToken);
            if (folder.MajorVersion is null)
            {
                await folder.Initialise(binaries, account, options.DeleteOnStop, cancellationToken);
            }

            var server = new ServerProcess(options, folder, binaries, account, log);
            var adopted = await server.Adopt(cancellationToken);
            if (!adopted)
            {
                await server.Launch(cancellationToken);
            }

            var postgres = new EmbeddedPostgres(options, folder, ownerLock, server) { WasAdopted = adopted };
            await postgres.Prepare(cancellationToken);
            return postgres;
        }
        catch
        {
            await ownerLock.DisposeAsync();
            throw;
        }
    }

    private async Task Prepare(CancellationToken cancellationToken)
    {
        try
        {
            await DatabaseRole.Ensure(AdminConnectionString, cancellationToken);
        }
        catch
        {
            await _server.Stop(immediate: true, CancellationToken.None);
            _server.DeleteSocketFolder();
            throw;
        }
    }

    private static async Task<T> WithTimeout<T>(
        ClusterFolder folder, int secondsMax, Func<CancellationToken, Task<T>> step, CancellationToken cancellationToken)
    {
        using var timeout = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        timeout.CancelAfter(TimeSpan.FromSeconds(secondsMax));
        try
        {
            return await step(timeout.Token);
        }
        catch (OperationCanceledException exception) when (!cancellationToken.IsCancellationRequested)
        {
            throw new EmbeddedPostgresException(
                EmbeddedPostgresFailure.TimedOut, $"PostgreSQL was not ready within {secondsMax} s. {folder.Tail()}", exception);
        }
    }

    private string ConnectionTo(string role, string database) => new NpgsqlConnectionStringBuilder
    {
        Host = _server.Socket,
        Port = 5432,
        Username = role,
        Database = database,
        SslMode = SslMode.Disable,
        GssEncryptionMode = GssEncryptionMode.Disable,
    }.ConnectionString;

    [GeneratedRegex(@"\A[a-z_][a-z0-9_]{0,62}\z")]
    private static partial Regex DatabaseName();
}
