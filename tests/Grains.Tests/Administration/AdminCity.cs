using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;
using Orleans.Runtime;
using Orleans.Runtime.Hosting;
using Orleans.Storage;
using Scoring.Contests;
using Scoring.Hosting;
using Scoring.Inbox;
using Scoring.Ledger;
using Scoring.Programmes;
using Scoring.Rules;
using Scoring.SetAside;
using Scoring.Simulation;
using Scoring.Tests.Rules;

namespace Scoring.Administration;

/// <summary>
/// A city with administrators. The store has the published programme <c>calm</c>. The silos' rule books do not know it before the first
/// change of the store, so that a decision by a rule book fails the test.
/// </summary>
internal sealed class AdminCity : IAsyncDisposable
{
    public const string Author = "author";
    public const string Berta = "berta";
    public const string Carla = "carla";

    private const string States = "states";

    private readonly TestCity _city;

    private AdminCity(TestCity city, MemoryProgrammeStore store, Faults storage, MemorySimulationReports reports)
    {
        _city = city;
        Store = store;
        Storage = storage;
        Reports = reports;
    }

    public static ProgrammeId Calm { get; } = ProgrammeId.Parse("calm");

    public static ProgrammeId Quiet { get; } = ProgrammeId.Parse("quiet");

    public MemoryProgrammeStore Store { get; }

    public Faults Storage { get; }

    public MemorySimulationReports Reports { get; }

    public RecordingSetAsideStore SetAside { get; private init; } = new();

    public MemoryLedger Ledger => _city.Ledger;

    public FakeTimeProvider Clock => _city.Clock;

    public IGrainFactory Grains => _city.Grains;

    public static async Task<AdminCity> Start(int silos = 1, Dictionary<string, string?>? settings = null)
    {
        var documents = SampleDocuments.Read(SampleDocuments.All());
        documents.Problems.ShouldBeEmpty();
        var store = new MemoryProgrammeStore(documents);
        var storage = new Faults();
        var states = new WrittenStates();
        var reports = new MemorySimulationReports();
        var setAside = new RecordingSetAsideStore();
        var configuration = new ConfigurationBuilder().AddInMemoryCollection(settings ?? []).Build();
        var city = await TestCity.Start(silos, settings, build: silo =>
        {
            silo.Services.AddSingleton<IProgrammeStore>(store).AddSingleton<ISimulationReportStore>(reports);
            silo.Services.AddSingleton<ISetAsideStore>(setAside);
            silo.Services.AddSingleton<IContestStore>(provider => (MemoryLedger)provider.GetRequiredService<ILedger>());
            silo.Services.AddSingleton<IGrainStateReader>(states).AddScoringContests(configuration).AddScoringInbox(configuration);
            silo.AddMemoryGrainStorage(States);
            silo.Services.AddGrainStorage(AdministrationStorage.Name, (services, _) =>
                new FaultyStorage(services.GetRequiredKeyedService<IGrainStorage>(States), storage, states));
        });
        store.Changed = () => city.Publish(store.State.Documents, new StoppedState(store.State.Suspended, store.State.Ended, []));
        return new AdminCity(city, store, storage, reports) { SetAside = setAside };
    }

    public IProgrammeAdminGrain Programme(string name) => Grains.GetGrain<IProgrammeAdminGrain>(name);

    public IProgrammeAdminGrain Programme(ProgrammeId id) => Programme(id.Value);

    public IDraftTakeBackGrain Approvals(ProgrammeId id) => Grains.GetGrain<IDraftTakeBackGrain>(id.Value);

    public IRegistrationGrain Registration(RegistrationKind kind, string id) =>
        Grains.GetGrain<IRegistrationGrain>(StoppedState.KeyOf(kind, id));

    public Task<InboxPage> Inbox(string administrator, params string[] clients) =>
        Grains.GetGrain<IInboxGrain>(0).Read(new CaseReviewer(administrator, [.. clients]));

    public IAdminListGrain Lists => Grains.GetGrain<IAdminListGrain>(0);

    public async Task<Catalogue> Catalogue() => await Grains.GetGrain<ICatalogueGrain>(0).Current();

    public ValueTask DisposeAsync() => _city.DisposeAsync();

    /// <summary>Decides which write of a grain state fails.</summary>
    internal sealed class Faults
    {
        private int _left;
        private bool _isLanded;

        /// <summary>Makes the n-th write from now on fail. A landed write takes effect before it fails.</summary>
        public void FailWrite(int number, bool isLanded)
        {
            _left = number;
            _isLanded = isLanded;
        }

        public async Task Write(Func<Task> write)
        {
            var fails = Interlocked.Decrement(ref _left) == 0;
            if (!fails || _isLanded) await write();
            if (fails) throw new TimeoutException("The storage fails.");
        }
    }

    private sealed class FaultyStorage(IGrainStorage storage, Faults faults, WrittenStates states) : IGrainStorage
    {
        public Task ReadStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState) =>
            storage.ReadStateAsync(stateName, grainId, grainState);

        public Task WriteStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState) =>
            faults.Write(async () =>
            {
                await storage.WriteStateAsync(stateName, grainId, grainState);
                states.Note(stateName, grainId, grainState.State);
            });

        public Task ClearStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState) =>
            storage.ClearStateAsync(stateName, grainId, grainState);
    }
}
