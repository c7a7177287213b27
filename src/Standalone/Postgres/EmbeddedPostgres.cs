using System.Text.RegularExpressions;
using Npgsql;

namespace Scoring.Postgres;

/// <summary>
/// A PostgreSQL cluster of our own in a data folder, reachable only through a private socket. It starts and stops with its owner; one left
/// by a killed owner is taken over by the next.
/// </summary>
public sealed partial class EmbeddedPostgres : IAsyncDisposable
{
    private readonly EmbeddedPostgresOptions _options;
    private readonly ClusterFolder _folder;
    private readonly FileStream _ownerLock;
    private readonly ServerProcess _server;
    private bool _ended;

    private EmbeddedPostgres(EmbeddedPostgresOptions options, ClusterFolder folder, FileStream owned, ServerProcess server) =>
        (this._options, this._folder, this._ownerLock, this._server) = (options, folder, owned, server);

    /// <summary>Database <c>scoring</c> as role <c>scoring</c>. There is no password: the socket's folder is the door.</summary>
    public string ConnectionString => ConnectionTo(ServerConfiguration.Role, ServerConfiguration.Role);

    /// <summary>Database <c>postgres</c> as the superuser, for fixtures and operators, never for the platform.</summary>
    public string AdminConnectionString => ConnectionTo(ServerConfiguration.Superuser, "postgres");

    public string DataFolder => _folder.Root;

    /// <summary>The log that the server writes at the moment.</summary>
    public string LogFile => _folder.LogFile;

    /// <summary>Process id of the server, for tests that end it.</summary>
    public int ServerProcessId => _server.ProcessId;

    /// <summary>True when the server was running already, left by an owner that was killed.</summary>
    public bool WasAdopted { get; private init; }

    /// <summary>Makes the cluster if need be and returns when it serves.</summary>
    /// <exception cref="EmbeddedPostgresException">It cannot; the message says why and what to do.</exception>
    public static async Task<EmbeddedPostgres> Start(EmbeddedPostgresOptions options, ILogger log, CancellationToken cancellationToken)
    {
        options.Validate();
        var folder = new ClusterFolder(options.DataFolder);
        return await WithTimeout(folder, options.StartSecondsMax, bounded => StartWithin(options, folder, log, bounded), cancellationToken);
    }

    /// <summary>Makes a database that role <c>scoring</c> owns; returns its connection string. An existing one is an error.</summary>
    public async Task<string> CreateDatabase(string name)
    {
        if (!DatabaseName().IsMatch(name))
        {
            throw new ArgumentException("A database's name has 1 to 63 of a-z, 0-9 and _, and starts with no digit.", nameof(name));
        }

        await DatabaseRole.Execute(
            AdminConnectionString, $"CREATE DATABASE {name} OWNER {ServerConfiguration.Role}", CancellationToken.None);
        return ConnectionTo(ServerConfiguration.Role, name);
    }

    /// <summary>
    /// Stops and starts the server; immediate means without a checkpoint, so that it recovers as after a crash. Also starts one that was
    /// killed. The connection strings stay, pooled connections break.
    /// </summary>
    public async Task Restart(bool immediate)
    {
        ObjectDisposedException.ThrowIf(_ended, this);
        await _server.Stop(immediate, CancellationToken.None);
        await WithTimeout(_folder, _options.StartSecondsMax, Launched, CancellationToken.None);

        async Task<int> Launched(CancellationToken bounded)
        {
            await _server.Launch(bounded);
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

    /// <summary>What a kill of this process leaves behind: no lock, but a running server.</summary>
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
        var owned = OwnerLock.Take(folder.Lock);
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

            var postgres = new EmbeddedPostgres(options, folder, owned, server) { WasAdopted = adopted };
            await postgres.Prepare(cancellationToken);
            return postgres;
        }
        catch
        {
            await owned.DisposeAsync();
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
        using var bounded = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        bounded.CancelAfter(TimeSpan.FromSeconds(secondsMax));
        try
        {
            return await step(bounded.Token);
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
