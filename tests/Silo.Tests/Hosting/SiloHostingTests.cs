using System.Globalization;
using System.Net;
using System.Net.Sockets;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Npgsql;
using Scoring.Administration;
using Scoring.Health;
using Scoring.Keys;
using Scoring.Programmes;
using Scoring.Rules;
using Scoring.Storage;

namespace Scoring.Hosting;

[Collection("environment of the process")]
public sealed class SiloHostingTests(PostgresServer server) : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("scoring-silo-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Theory]
    [InlineData("Alone")]
    [InlineData("Postgres")]
    public async Task A_silo_starts_on_an_empty_database_and_again_on_its_own(string clustering)
    {
        var database = await server.NewDatabase();
        var keys = NewKeys();
        for (var start = 0; start < 2; start++)
        {
            using var silo = Silo(database, keys, ("Cluster:Clustering", clustering));
            await silo.StartAsync();
            var catalogue = await silo.Services.GetRequiredService<IGrainFactory>().GetGrain<ICatalogueGrain>(0).Current();
            catalogue.Programmes.Select(p => p.Programme.Id.Value)
                .ShouldBe(["clean-kitchen", "fair-payer", "safe-driver"], ignoreOrder: true);
            catalogue.Programmes.ShouldAllBe(p => p.Today > new DateOnly(2026, 1, 1) && !p.Suspended);
            await silo.StopAsync();
        }
    }

    [Fact]
    public async Task A_programme_suspended_in_the_database_is_suspended_here_after_a_refresh()
    {
        var database = await server.NewDatabase();
        using var silo = Silo(database, NewKeys());
        await silo.StartAsync();
        await using var source = NpgsqlDataSource.Create(database);
        await using (var command = source.CreateCommand("UPDATE ledger.programme SET suspended = true WHERE id = 'safe-driver'"))
            await command.ExecuteNonQueryAsync();
        await silo.Services.GetRequiredService<RuleBookRefresher>().Renew(CancellationToken.None);
        var catalogue = await silo.Services.GetRequiredService<IGrainFactory>().GetGrain<ICatalogueGrain>(0).Current();
        catalogue.Find(ProgrammeId.Parse("safe-driver"))!.Suspended.ShouldBeTrue();
        await silo.StopAsync();
    }

    [Fact]
    public async Task An_act_of_this_silo_takes_effect_here_immediately()
    {
        using var silo = Silo(await server.NewDatabase(), NewKeys(), ("Programmes:RefreshSeconds", "600"));
        await silo.StartAsync();
        var store = silo.Services.GetRequiredService<IProgrammeStore>();
        var catalogues = silo.Services.GetRequiredService<IGrainFactory>().GetGrain<ICatalogueGrain>(0);
        await store.SetSuspended(Some.Programme, true, Versions.Act(AdminActions.Suspended, Some.Programme), CancellationToken.None);
        (await catalogues.Current()).Find(Some.Programme)!.Suspended.ShouldBeTrue();
        var type = Versions.Shipped.EventTypes[0];
        await store.Register(
            RegistrationKind.EventType, type.Name, EventTypeDocument.Write(type), RegistrationStatus.Suspended,
            Versions.Act(AdminActions.RegistrationSuspended, null), CancellationToken.None);
        (await catalogues.Current()).EventTypes.Single(t => t.Name == type.Name).Stopped.ShouldBeTrue();
        await store.EndProgramme(Some.OtherProgramme, Versions.Act(AdminActions.Ended, Some.OtherProgramme), CancellationToken.None);
        (await catalogues.Current()).Find(Some.OtherProgramme)!.Ended.ShouldBeTrue();
        await silo.StopAsync();
    }

    [Fact]
    public async Task A_folder_is_read_for_an_empty_database_only()
    {
        var database = await server.NewDatabase();
        var keys = NewKeys();
        using (var silo = Silo(database, keys))
        {
            await silo.StartAsync();
            await silo.StopAsync();
        }
        using var other = Silo(database, keys, ("Programmes:Folder", "/nowhere"), ("Programmes:Registrations", "/nowhere.json"));
        await other.StartAsync();
        (await other.Services.GetRequiredService<IGrainFactory>().GetGrain<ICatalogueGrain>(0).Current()).Programmes.Length.ShouldBe(3);
        await other.StopAsync();
        using var empty = Silo(await server.NewDatabase(), keys, ("Programmes:Folder", "/nowhere"));
        await Should.ThrowAsync<DirectoryNotFoundException>(() => empty.StartAsync());
    }

    [Fact]
    public async Task Other_keys_than_the_ledgers_keep_the_silo_from_starting()
    {
        var database = await server.NewDatabase();
        using (var silo = Silo(database, NewKeys()))
        {
            await silo.StartAsync();
            await silo.StopAsync();
        }
        using var other = Silo(database, NewKeys("other.json"));
        await Should.ThrowAsync<StorageUnfitException>(() => other.StartAsync());
    }

    [Fact]
    public void A_clock_file_is_refused_outside_development() => Should.Throw<InvalidOperationException>(
        () => Silo("Host=nowhere", NewKeys(), (ProgrammeServiceCollectionExtensions.ClockFileKey, "/nowhere/clock")));

    [Theory]
    [InlineData("Notice:ServiceAddress", "")]
    [InlineData("Notice:ServiceAddress", "https://scoring.city.example/")]
    [InlineData("Notice:PrivacyNotice", "city.example/privacy")]
    [InlineData("Notice:Language", "English")]
    [InlineData("Notice:Jurisdiction", "Germany")]
    [InlineData("Notice:StorageLocations", "DE;FR")]
    [InlineData("Notice:ControllerAddress", "")]
    [InlineData("Notice:ControllerType", "Club")]
    [InlineData("Notice:ControllerAddresses:safe-driver", "")]
    [InlineData("Notice:AuthorityName", "")]
    public async Task Outside_development_receipts_need_every_fact_of_the_installation(string name, string value)
    {
        using var silo = Silo("Host=nowhere", NewKeys(), (name, value));
        var refused = await Should.ThrowAsync<OptionsValidationException>(() => silo.StartAsync());
        refused.Message.ShouldContain(name.Split(':')[1]);
    }

    [Fact]
    public void The_check_of_the_configuration_names_every_mistake_and_starts_nothing()
    {
        var right = new[]
        {
            "--environment=Production", "--Storage:ConnectionString=Host=nowhere", $"--Keys:File={NewKeys()}",
            $"--Erasures:Folder={_folder}", "--Cluster:Address=127.0.0.1", "--Notice:ServiceAddress=https://scoring.city.example",
            "--Notice:PrivacyNotice=https://city.example/privacy", "--Notice:Language=en", "--Notice:Jurisdiction=DE-BE",
            "--Notice:StorageLocations=DE", "--Notice:ControllerAddress=1 Square", "--Notice:AuthorityName=Authority",
            "--Notice:AuthorityAddress=2 Square", "--Notice:AuthorityContact=https://authority.example",
        };
        Check(right).ShouldBe((0, ""));
        var (code, text) = Check(
            [
                .. right, "--Keys:File=/no/keys.json", "--Storage:WritersMax=1", "--Storage:ReadersMaxx=2", "--Ledger:ReadRowsMax=10",
                "--Cluster:Clustering=Postgres", "--Cluster:Address=10.0.0.1", "--Notice:Language=English", "--Subjects:AnswersMax=no",
            ]);
        code.ShouldBe(1);
        foreach (var part in new[]
        {
            "There is no key file at /no/keys.json.", "Storage:WritersMax:", "There is no setting Storage:ReadersMaxx.",
            "Ledger:ReadRowsMax must not be below", "silos that other machines can reach need mutual TLS", "Notice:Language:",
            "Subjects:AnswersMax: 'no' is no whole number",
        })
            text.ShouldContain(part);
        text.ShouldStartWith("The configuration of Scoring.Silo has 7 mistakes:");
    }

    private static (int Code, string Text) Check(string[] settings)
    {
        using var output = new StringWriter();
        var code = SiloProcess.CheckConfig(settings, output);
        return (code, code == 0 ? "" : output.ToString());
    }

    private string NewKeys(string name = "keys.json")
    {
        var path = Path.Combine(_folder, name);
        PlatformKeyFile.Create(path);
        return path;
    }

    private static string FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port.ToString(CultureInfo.InvariantCulture);
    }

    /// <summary>Builds a silo outside Development with every option that it requires.</summary>
    internal static IHost Silo(string database, string keys, params (string Key, string? Value)[] settings)
    {
        var builder = Host.CreateApplicationBuilder(new HostApplicationBuilderSettings { EnvironmentName = "Production" });
        builder.Configuration.AddInMemoryCollection(new Dictionary<string, string?>
        {
            ["Storage:ConnectionString"] = database, ["Keys:File"] = keys, ["Erasures:Folder"] = Path.GetDirectoryName(keys),
            ["Cluster:Address"] = "127.0.0.1", ["Cluster:SiloPort"] = FreePort(), ["Cluster:GatewayPort"] = FreePort(),
            ["Notice:ServiceAddress"] = "https://scoring.city.example", ["Notice:PrivacyNotice"] = "https://city.example/privacy",
            ["Notice:Language"] = "en", ["Notice:Jurisdiction"] = "DE-BE", ["Notice:StorageLocations"] = "DE,FR",
            ["Notice:ControllerAddress"] = "1 Square", ["Notice:AuthorityName"] = "Authority", ["Notice:AuthorityAddress"] = "2 Square",
            ["Notice:AuthorityContact"] = "https://authority.example",
        });
        builder.Configuration.AddInMemoryCollection(settings.Select(s => KeyValuePair.Create(s.Key, s.Value)));
        builder.Logging.ClearProviders();
        builder.AddProcessHealth("silo", drains: false);
        builder.AddScoringSilo(builder.Configuration);
        return builder.Build();
    }
}
