using System.Collections.Immutable;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Orleans.Storage;
using Orleans.Runtime;
using Scoring.Hosting;
using Scoring.Keys;
using Scoring.Programmes;
using Scoring.Storage;

namespace Scoring.Administration;

/// <summary>Orleans' ADO.NET grain storage on our tables, configured as a silo configures it.</summary>
public sealed class GrainStateTests(PostgresServer server) : IAsyncLifetime
{
    private readonly string _folder = Directory.CreateTempSubdirectory("scoring-states-").FullName;
    private readonly GrainId _draft = GrainId.Create("programme-admin", "safe-driver");
    private string _database = "";
    private IHost _silo = null!;

    private IGrainStorage Storage => _silo.Services.GetRequiredKeyedService<IGrainStorage>(AdministrationStorage.Name);

    public async ValueTask InitializeAsync()
    {
        _database = await server.NewDatabase();
        var keys = Path.Combine(_folder, "keys.json");
        PlatformKeyFile.Create(keys);
        _silo = SiloHostingTests.Silo(_database, keys);
        await _silo.StartAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await _silo.StopAsync();
        _silo.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    [Fact]
    public async Task A_state_comes_back_as_it_was_written()
    {
        var written = new GrainState<DraftState>(new DraftState
        {
            Programme = Some.Programme, At = Some.Start, Json = [1, 2, 255], Approvals = ["a", "b"],
            Problems = [new DraftProblem("/ruleSet", "number-wrong", "“2” is next.")],
        });
        await Storage.WriteStateAsync("draft", _draft, written);
        var read = await Read();
        (read.RecordExists, read.ETag).ShouldBe((true, written.ETag));
        (read.State!.Programme, read.State!.At).ShouldBe((Some.Programme, Some.Start));
        read.State!.Json.ShouldBe([1, 2, 255]);
        read.State!.Approvals.ShouldBe(["a", "b"]);
        read.State!.Problems.ShouldBe([new DraftProblem("/ruleSet", "number-wrong", "“2” is next.")]);
        (await Read(GrainId.Create("programme-admin", "clean-kitchen"))).RecordExists.ShouldBeFalse();
        (await Read(kind: "approvals")).RecordExists.ShouldBeFalse();
    }

    [Fact]
    public async Task A_write_or_clear_of_a_version_that_was_not_read_is_refused_and_changes_nothing()
    {
        await Storage.WriteStateAsync("draft", _draft, new GrainState<DraftState>(new DraftState { Approvals = ["first"] }));
        var one = await Read();
        var other = await Read();
        one.State!.Approvals = ["one"];
        await Storage.WriteStateAsync("draft", _draft, one);
        other.State!.Approvals = ["other"];
        await Should.ThrowAsync<InconsistentStateException>(Storage.WriteStateAsync("draft", _draft, other));
        await Should.ThrowAsync<InconsistentStateException>(Storage.ClearStateAsync("draft", _draft, other));
        var unread = new GrainState<DraftState>(new DraftState { Approvals = ["unread"] });
        await Should.ThrowAsync<InconsistentStateException>(Storage.WriteStateAsync("draft", _draft, unread));
        (await Read()).State!.Approvals.ShouldBe(["one"]);
    }

    [Fact]
    public async Task Of_many_concurrent_first_writes_one_succeeds()
    {
        var writes = Enumerable.Range(0, 12).Select(async i =>
        {
            try
            {
                await Storage.WriteStateAsync("draft", _draft, new GrainState<DraftState>(new DraftState { Approvals = [$"{i}"] }));
                return true;
            }
            catch (InconsistentStateException)
            {
                return false;
            }
        });
        (await Task.WhenAll(writes)).Count(written => written).ShouldBe(1);
        (await Read()).State!.Approvals.Length.ShouldBe(1);
    }

    [Fact]
    public async Task A_cleared_state_leaves_no_row_and_its_version_never_comes_back()
    {
        var first = new GrainState<DraftState>(new DraftState { Approvals = ["first"] });
        await Storage.WriteStateAsync("draft", _draft, first);
        var stale = await Read();
        await Storage.ClearStateAsync("draft", _draft, first);
        (first.RecordExists, (await Read()).RecordExists, await Count()).ShouldBe((false, false, 0));
        await Storage.WriteStateAsync("draft", _draft, first);
        await Should.ThrowAsync<InconsistentStateException>(Storage.WriteStateAsync("draft", _draft, stale));
        (await Count()).ShouldBe(1);
    }

    private async Task<GrainState<DraftState>> Read(GrainId? id = null, string kind = "draft")
    {
        var state = new GrainState<DraftState>(new DraftState());
        await Storage.ReadStateAsync(kind, id ?? _draft, state);
        return state;
    }

    private async Task<long> Count()
    {
        await using var source = Npgsql.NpgsqlDataSource.Create(_database);
        await using var command = source.CreateCommand("SELECT count(*) FROM administration.state");
        return (long)(await command.ExecuteScalarAsync())!;
    }

    /// <summary>A state with members of every type that the admin grains store.</summary>
    internal sealed class DraftState
    {
        public ProgrammeId Programme { get; set; }

        public DateTimeOffset At { get; set; }

        public byte[] Json { get; set; } = [];

        public ImmutableArray<string> Approvals { get; set; } = [];

        public ImmutableArray<DraftProblem> Problems { get; set; } = [];
    }
}
