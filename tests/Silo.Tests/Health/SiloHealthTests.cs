using System.Net;
using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;
using Npgsql;
using Scoring.Hosting;
using Scoring.Keys;
using Scoring.Storage;

namespace Scoring.Health;

public sealed class SiloHealthTests(PostgresServer server) : IDisposable
{
    private const string LockOfMigrations = "SELECT pg_advisory_lock(96485863)";
    private const string Unlock = "SELECT pg_advisory_unlock_all()";

    private readonly string _folder = Directory.CreateTempSubdirectory("scoring-health-").FullName;
    private readonly HttpClient _http = new();

    public void Dispose()
    {
        _http.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    [Fact]
    public async Task A_silo_lives_while_it_starts_and_is_ready_once_it_is_in_the_cluster_until_the_database_is_gone()
    {
        var database = await server.NewDatabase();
        using var silo = Silo(database, "http://127.0.0.1:0");
        await using var other = NpgsqlDataSource.Create(database);
        Task start;
        await using (var held = await other.OpenConnectionAsync())
        {
            await new NpgsqlCommand(LockOfMigrations, held).ExecuteNonQueryAsync();
            start = silo.StartAsync();
            var listener = silo.Services.GetRequiredService<HealthListener>();
            (await Get(listener, "live")).ShouldBe((HttpStatusCode.OK, """{"status":"live"}"""));
            (await Get(listener, "ready")).ShouldBe(
                (HttpStatusCode.ServiceUnavailable, """{"status":"not-ready","obstacle":"not-in-cluster"}"""));
            start.IsCompleted.ShouldBeFalse("the migrations of another silo hold the lock");
            await new NpgsqlCommand(Unlock, held).ExecuteNonQueryAsync();
        }
        await start;
        var health = silo.Services.GetRequiredService<HealthListener>();
        (await Get(health, "ready")).ShouldBe((HttpStatusCode.OK, """{"status":"ready"}"""));
        (await Get(health, "other")).Status.ShouldBe(HttpStatusCode.NotFound);
        await ShouldSeeWhatIsWrong(health, other);

        await ShouldMissTheDatabase(health, new NpgsqlConnectionStringBuilder(database).Database!);
        await silo.StopAsync();
    }

    private async Task ShouldMissTheDatabase(HealthListener health, string name)
    {
        await using (var admin = NpgsqlDataSource.Create(server.Postgres.AdminConnectionString))
        {
            await using var close = admin.CreateCommand(
                $"ALTER DATABASE {name} ALLOW_CONNECTIONS false; "
                + $"SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '{name}'");
            await close.ExecuteNonQueryAsync();
            (await Get(health, "ready")).ShouldBe(
                (HttpStatusCode.ServiceUnavailable, """{"status":"not-ready","obstacle":"database"}"""));
            var (status, text) = await Get(health, "detail");
            status.ShouldBe(HttpStatusCode.ServiceUnavailable);
            text.ShouldNotContain(name, Case.Sensitive, "an exception's text names the database");
            (await Get(health, "live")).Status.ShouldBe(HttpStatusCode.OK);
            await using var open = admin.CreateCommand($"ALTER DATABASE {name} ALLOW_CONNECTIONS true");
            await open.ExecuteNonQueryAsync();
        }
    }

    private async Task ShouldSeeWhatIsWrong(HealthListener health, NpgsqlDataSource other)
    {
        var before = await Checks(health);
        before.Where(check => check.Value != "healthy" && check.Key != "disk").ShouldBeEmpty();

        await Execute(other, "INSERT INTO public.scoring_migration (number, name, checksum) VALUES (999, 'a', '')");
        await Execute(other, "INSERT INTO ledger.erasure (partition, position, subject, entries, kind) VALUES (1, 7, 1, 1, 1)");
        await Checks(health); // it sees the erasure for the first time
        var after = await Checks(health);
        (after["schema"], after["erasures"]).ShouldBe(("degraded", "degraded"));
        await Execute(other, "UPDATE public.scoring_migration SET checksum = '\\x00' WHERE number = 1");
        while (await Execute(other, "SELECT count(*) FROM ledger.checkpoint") is 0L) await Task.Yield();
        await Execute(other, "ALTER TABLE ledger.checkpoint DISABLE TRIGGER immutable");
        await Execute(other, "UPDATE ledger.checkpoint SET made_at = made_at - interval '3 days'");
        after = await Checks(health);
        (after["schema"], after["sealer"]).ShouldBe(("unhealthy", "unhealthy"));
        (await Get(health, "ready")).Status.ShouldBe(HttpStatusCode.OK, "none of them keeps the silo from answering");
    }

    private static async Task<object?> Execute(NpgsqlDataSource database, string sql)
    {
        await using var command = database.CreateCommand(sql);
        return await command.ExecuteScalarAsync();
    }

    private async Task<Dictionary<string, string>> Checks(HealthListener health) =>
        JsonNode.Parse((await Get(health, "detail")).Text)!["checks"]!.AsArray().ToDictionary(
            check => check!["name"]!.GetValue<string>(), check => check!["status"]!.GetValue<string>());

    [Fact]
    public async Task By_default_it_opens_no_port()
    {
        using var silo = Silo(await server.NewDatabase(), null);
        var listener = silo.Services.GetRequiredService<HealthListener>();
        await listener.StartAsync(CancellationToken.None);
        listener.Address.ShouldBeNull();
        await listener.StopAsync(CancellationToken.None);
    }

    [Theory]
    [InlineData("127.0.0.1:5085")]
    [InlineData("http://127.0.0.1:5085/health")]
    public async Task An_address_that_is_none_is_refused_at_start(string url)
    {
        using var silo = Silo(await server.NewDatabase(), url);
        (await Should.ThrowAsync<OptionsValidationException>(() => silo.StartAsync())).Message.ShouldContain("Health:Url");
    }

    private IHost Silo(string database, string? url)
    {
        var keys = Path.Combine(_folder, "keys.json");
        PlatformKeyFile.Create(keys);
        return url is null
            ? SiloHostingTests.Silo(database, keys)
            : SiloHostingTests.Silo(database, keys, ("Health:Url", url), ("Health:KeepMs", "0"));
    }

    private async Task<(HttpStatusCode Status, string Text)> Get(HealthListener listener, string path)
    {
        using var answer = await _http.GetAsync(new Uri($"{listener.Address}/health/{path}"));
        return (answer.StatusCode, await answer.Content.ReadAsStringAsync());
    }
}
