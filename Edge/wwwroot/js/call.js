import { Emitter, ErrorCode, Refusal } from './webchat-client.js';
import { CallState, SignalKind } from './wire.js';

/** How often to try to connect to the partner before the caller gives up. */
const Attempts = 3;

/** The reasons that prevent a call, other than a refusal of the server. */
export const Obstacle = Object.freeze({
  Denied: 'denied',
  NoMicrophone: 'noMicrophone',
  Busy: 'busy',
  Insecure: 'insecure',
  Unreachable: 'unreachable',
});

const ObstacleOf = { NotAllowedError: Obstacle.Denied, NotFoundError: Obstacle.NoMicrophone, NotReadableError: Obstacle.Busy };

/**
 * @typedef {'calling' | 'ringing' | 'connecting' | 'talking'} Stage
 * @typedef {{ roomId: string, callId: string, stage: Stage, isCaller: boolean, isMuted: boolean, failures: number,
 *   remote: MediaStream | null }} Line
 */

/**
 * The call that this tab makes, receives or takes part in; at most one. The server's knowledge of a call is in the room's log;
 * this class carries its sound. Each offer makes a new peer connection on both sides, so that a reloaded page continues its
 * call in the same way in which one begins.
 *
 * Emits `change`, `obstacle` (one of {@link Obstacle}) and `refused` (a {@link Refusal}).
 */
export class Calls extends Emitter {
  /** @type {Line | null} */
  line = null;

  /** The call that was hung up here, until the server knows. */
  #left = '';
  #session;
  #iceServers;
  #media;
  #createPeer;
  #unhook;

  /**
   * @param {{ client: import('./webchat-client.js').ChatClient, session: import('./session.js').Session,
   *   iceServers: () => Promise<{ servers?: object[] }>, media?: MediaDevices,
   *   createPeer?: (configuration: object) => RTCPeerConnection }} parts
   *   `media` is missing where the page is served over plain HTTP from another machine
   */
  constructor({ client, session, iceServers, media, createPeer = configuration => new RTCPeerConnection(configuration) }) {
    super();
    this.#session = session;
    this.#iceServers = iceServers;
    this.#media = media;
    this.#createPeer = createPeer;
    this.#unhook = [
      session.on('signal', signal => void this.#hear(signal)),
      session.on('room', roomId => this.#follow(roomId)),
      session.on('rooms', () => this.line && this.#follow(this.line.roomId)),
      client.on('state', () => client.live && void this.#callOn()),
    ];
  }

  /** Calls the partner, or continues the room's call in this tab. */
  async call(roomId) {
    if (this.line) return;
    const log = this.#session.rooms.get(roomId);
    const line = this.#open({
      roomId, stage: 'calling', callId: log.call?.callId ?? '', isCaller: !log.call || log.isOwn(log.call.byMemberId),
    });
    await this.#try(line, async () => {
      await this.#listen(line);
      if (!line.offer) await this.#offer(line);
    });
  }

  /** Answers the ringing call. */
  async accept() {
    const { line } = this;
    if (line?.stage !== 'ringing' || line.isAnswering) return;
    line.isAnswering = true;
    await this.#try(line, () => this.#answer(line));
    line.isAnswering = false;
  }

  /** Whether this tab has left a call. */
  hasLeft(callId) {
    return callId === this.#left;
  }

  /** Ends the call, declines it, or gives up calling. */
  async hangUp() {
    const { line } = this;
    if (!line) return;
    this.#left = line.callId;
    this.close();
    await this.hangUpIn(line.roomId, line.callId);
  }

  /** Ends a call in which this tab takes no part. */
  async hangUpIn(roomId, callId) {
    try {
      await this.#session.signal(roomId, SignalKind.HangUp, '', callId);
    } catch (refusal) {
      this.#left = '';
      this.emit('refused', refusal);
    }
  }

  setMuted(isMuted) {
    this.line.isMuted = isMuted;
    for (const track of this.line.stream?.getAudioTracks() ?? []) track.enabled = !isMuted;
    this.emit('change');
  }

  /** Closes the line, and releases the microphone. The server is not told. */
  close() {
    const { line } = this;
    this.line = null;
    if (line) drop(line);
    this.emit('change');
  }

  /** Stops ringing. */
  stop() {
    for (const off of this.#unhook) off();
    this.close();
  }

  #open(line) {
    this.line = { isMuted: false, failures: 0, remote: null, stream: null, peer: null, offer: null, heard: [], held: [], ...line };
    this.emit('change');
    return this.line;
  }

  #move(line, stage) {
    line.stage = stage;
    this.emit('change');
  }

  /** Runs a step of a line. An error ends the line, unless it has been left meanwhile. */
  async #try(line, work) {
    try {
      await work();
    } catch (failure) {
      // A replaced connection fails like this if it was at work. The new one continues.
      if (this.line !== line || failure.name === 'InvalidStateError') return;
      const isRefusal = failure instanceof Refusal;
      const rings = line.stage === 'ringing' && !isRefusal; // it can be answered once the microphone is allowed
      if (!rings) this.close();
      if (!rings && line.callId) void this.#session.signal(line.roomId, SignalKind.HangUp, '', line.callId).catch(() => {});
      if (isRefusal) this.emit('refused', failure);
      else this.emit('obstacle', failure.obstacle ?? ObstacleOf[failure.name] ?? Obstacle.Unreachable);
    }
  }

  /** Opens the microphone, once. */
  async #listen(line) {
    if (!this.#media) throw Object.assign(new Error('There is no microphone without HTTPS.'), { obstacle: Obstacle.Insecure });
    line.microphone ??= this.#media.getUserMedia({ audio: { echoCancellation: true, noiseSuppression: true } });
    try {
      line.stream = await line.microphone;
    } catch (failure) {
      line.microphone = null; // it may be allowed next time
      throw failure;
    }
    if (this.line !== line) drop(line);
  }

  /** A new connection in place of the last; null if it is not wanted any more, or if the partner's offer comes first. */
  async #connect(line, { isOffering }) {
    line.isOffering = isOffering;
    const [{ servers = [] }] = await Promise.all([this.#iceServers(), this.#listen(line)]);
    if (this.line !== line || line.isOffering !== isOffering) return null;
    line.peer?.close();
    line.isSent = false;
    line.held = [];
    const peer = line.peer = this.#createPeer({ iceServers: servers });
    for (const track of line.stream.getTracks()) peer.addTrack(track, line.stream);
    peer.onicecandidate = ({ candidate }) => candidate && line.peer === peer && this.#tell(line, candidate);
    peer.ontrack = ({ streams: [remote] }) => {
      line.remote = remote;
      this.emit('change');
    };
    peer.onconnectionstatechange = () => line.peer === peer && this.#connected(line);
    return peer;
  }

  #connected(line) {
    if (line.peer.connectionState === 'connected') {
      line.failures = 0;
      this.#move(line, 'talking');
    } else if (line.peer.connectionState === 'failed') {
      this.#move(line, 'connecting');
      if (!line.isCaller) return; // the caller tries again
      void this.#try(line, async () => {
        if (++line.failures >= Attempts) throw Object.assign(new Error('There is no way.'), { obstacle: Obstacle.Unreachable });
        await this.#offer(line);
      });
    }
  }

  async #offer(line) {
    const peer = await this.#connect(line, { isOffering: true });
    await peer?.setLocalDescription();
    if (!peer || line.peer !== peer) return;
    try {
      await this.#session.signal(line.roomId, SignalKind.Offer, JSON.stringify(peer.localDescription), line.callId);
    } catch (refusal) {
      if (refusal.code !== ErrorCode.AlreadyExists) throw refusal;
      return; // both called at once, and the partner was first: this side answers that offer
    }
    if (line.peer === peer) this.#release(line);
  }

  /** Repeats the caller's signals to a server that has forgotten them. */
  async #callOn() {
    const { line } = this;
    if (line?.stage === 'calling' && line.callId) await this.#try(line, () => this.#offer(line));
  }

  async #answer(line) {
    const peer = await this.#connect(line, { isOffering: false });
    if (!peer) return;
    this.#move(line, 'connecting');
    await this.#accept(line, line.offer);
    await peer.setLocalDescription();
    if (line.peer !== peer) return;
    const answered = this.#session.signal(line.roomId, SignalKind.Answer, JSON.stringify(peer.localDescription), line.callId);
    this.#release(line);
    await answered;
  }

  /** Applies the partner's offer or answer, and the candidates that came before it. */
  async #accept(line, description) {
    await line.peer.setRemoteDescription(description);
    const { heard } = line;
    line.heard = [];
    for (const candidate of heard) this.#take(line, candidate);
  }

  #take(line, candidate) {
    line.peer.addIceCandidate(candidate).catch(() => {}); // one candidate failed; others remain
  }

  /** Holds candidates back until the server knows the call. */
  #tell(line, candidate) {
    if (line.isSent && line.callId) this.#session.signal(line.roomId, SignalKind.Candidate, JSON.stringify(candidate), line.callId).catch(() => {});
    else line.held.push(candidate);
  }

  #release(line) {
    line.isSent = true;
    if (!line.callId) return;
    for (const candidate of line.held.splice(0)) this.#tell(line, candidate);
  }

  async #hear({ roomId, callId = '', kind, payload }) {
    const { line } = this;
    if (line && line.roomId !== roomId) return; // the other call rings on until it is missed
    const said = JSON.parse(payload);
    if (kind === SignalKind.Offer) return this.#offered(line, roomId, callId, said);
    if (!line || line.callId !== callId) return;
    if (kind === SignalKind.Answer && line.isOffering) {
      line.isOffering = false;
      this.#move(line, 'connecting');
      await this.#try(line, () => this.#accept(line, said));
    } else if (kind === SignalKind.Candidate && !line.isOffering) { // otherwise it belongs to an earlier connection
      if (line.peer?.remoteDescription) this.#take(line, said);
      else line.heard.push(said);
    }
  }

  async #offered(line, roomId, callId, offer) {
    if (!line) {
      const isActive = this.#session.rooms.get(roomId)?.call?.state === CallState.Active;
      this.#open({ roomId, callId, stage: 'ringing', isCaller: false, offer, isTakenUp: isActive });
      return;
    }

    // Both renegotiate at once: the caller's offer wins.
    if (line.isOffering && line.isCaller && line.callId === callId) return;
    Object.assign(line, { offer, heard: [] });
    if (line.stage === 'ringing') return;
    line.peer?.close();
    line.peer = null;
    if (line.callId !== callId) Object.assign(line, { callId, isCaller: false });
    await this.#try(line, () => this.#answer(line));
  }

  /** Follows the state of the room's call on the server. */
  #follow(roomId) {
    const { line } = this;
    if (line?.roomId !== roomId) return;
    const log = this.#session.rooms.get(roomId);
    const call = log?.call;
    if (!line.callId && call && log.isOwn(call.byMemberId)) {
      line.callId = call.callId;
      if (line.isSent) this.#release(line);
    }
    line.isKnown ||= call?.callId === line.callId;
    const isOver = line.isKnown && call?.callId !== line.callId;
    const isAnsweredElsewhere = line.stage === 'ringing' && !line.isTakenUp && call?.state === CallState.Active;
    if (!log || isOver || isAnsweredElsewhere) this.close();
  }
}

function drop(line) {
  line.peer?.close();
  line.peer = null;
  for (const track of line.stream?.getTracks() ?? []) track.stop();
}
